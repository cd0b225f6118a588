import { initAll as moj } from "@ministryofjustice/frontend";
import { initAll as govuk } from "govuk-frontend";
import { black } from "./black";
import { allowedRadios } from "./reveal";

allowedRadios();
govuk();
moj();
black(document);
