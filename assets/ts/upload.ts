// Loaded by pages that ask for files.
import { files } from "./files";

files(document);
