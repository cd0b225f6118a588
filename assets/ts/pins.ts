// Loaded by the page at the desk that shows reports on a map.
import { reports } from "./reports";

reports(document);
