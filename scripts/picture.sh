#!/usr/bin/env bash
# Makes docs/front.png, the picture in the README: the front door on a phone.
source "$(dirname "$0")/say.sh"
scripts/e2e.sh e2e/pictures
cp out/pictures/home-412.png docs/front.png
say 'Written: docs/front.png'
