/** Says words in the line under the place question. */
export type Say = (words: string, tone?: "wrong") => void;

/** Adds the line, which is also read out by screen readers. */
export function lineUnder(root: HTMLElement): Say {
  const line = document.createElement("p");
  line.className = "govuk-body moot-place__said";
  line.setAttribute("role", "status");
  root.append(line);
  return (words, tone) => {
    line.classList.toggle("moot-place__said--wrong", !!tone);
    line.textContent = words;
  };
}
