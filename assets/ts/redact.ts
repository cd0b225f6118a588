// Loaded by the page of one picture at the desk.
import { black } from "./black";

black(document);
