import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
} from "govuk-frontend";
import { places } from "./place";
import { allowedRadios } from "./reveal";

allowedRadios();
createAll(Button);
createAll(CharacterCount);
createAll(Checkboxes);
createAll(ErrorSummary);
createAll(ExitThisPage);
createAll(NotificationBanner);
createAll(Radios);
createAll(ServiceNavigation);
createAll(SkipLink);
places(document);
