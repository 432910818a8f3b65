// Scalar adds styles in ways that the Content-Security-Policy of the page refuses. This gives its style elements the nonce of the page, and
// sets its style attributes as properties.
{
  const nonce = document.querySelector("meta[property=csp-nonce]").content;
  const { createElement } = Document.prototype;
  const { setAttribute } = Element.prototype;
  const innerHTML = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");

  document.createElement = (...args) => {
    const element = createElement.apply(document, args);
    if (element instanceof HTMLStyleElement) {
      element.nonce = nonce;
    }

    return element;
  };

  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") {
      this.style.cssText = value;
    } else {
      setAttribute.call(this, name, value);
    }
  };

  Object.defineProperty(Element.prototype, "innerHTML", {
    ...innerHTML,
    set(html) {
      innerHTML.set.call(this, String(html ?? "").replaceAll(" style=", " data-style="));
      for (const element of this.querySelectorAll("[data-style]")) {
        element.style.cssText = element.dataset.style;
      }
    },
  });
}
