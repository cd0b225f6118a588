import { initAll as moj } from "@ministryofjustice/frontend";
import { initAll as govuk } from "govuk-frontend";
import { allowedRadios } from "./reveal";

allowedRadios();
govuk();
moj();
