// Loaded by pages that show reports on a map.
import { reports } from "./reports";

reports(document);
