/** One line under the place question that is also read out by screen readers. */
export class Said {
  private readonly line = document.createElement("p");

  constructor(root: HTMLElement) {
    this.line.className = "govuk-body moot-place__said";
    this.line.setAttribute("role", "status");
    root.append(this.line);
  }

  tell(words: string): void {
    this.line.classList.remove("moot-place__said--wrong");
    this.line.textContent = words;
  }

  wrong(words: string): void {
    this.line.classList.add("moot-place__said--wrong");
    this.line.textContent = words;
  }
}
