// Adapts Swagger UI: it finds operations as one types, checks keys, and says once what all responses have in common.
import { adapt, developmentKey, operationsOf, scheme } from "./document.js";

const unknown = "The server does not know this key, or it is revoked or expired.";
let key = null;

const start = () => (key ? "The development key is filled in." : "Choose *Authorize*, and enter a key.")
  + " Open an operation, and choose *Try it out* and *Execute*.";

// Leaves the form of errors to the first one, and the headers to those that differ from operation to operation.
function shorten(operation, shared) {
  let isLaterError = false;
  for (const [status, response] of Object.entries(operation.responses)) {
    const shown = { ...(shared[response.$ref?.split("/").at(-1)] ?? response) };
    const { Link, "X-Total-Count": total } = shown.headers ?? {};
    shown.headers = Link && { Link, "X-Total-Count": total };
    if (isLaterError) {
      delete shown.content;
    }

    isLaterError ||= status >= "400";
    operation.responses[status] = shown;
  }
}

function shortened(document) {
  for (const operation of operationsOf(document)) {
    shorten(operation, document.components.responses);
  }

  return document;
}

// Asks the server whether it knows a key, and returns the reason if it does not. A key without the right to read is known as well.
async function refusalOf(value) {
  try {
    const response = await fetch("/v1/custom-field/types", { headers: { "x-api-key": value } });
    return response.ok || response.status === 403 ? null
      : response.status === 401 ? unknown
      : `The key could not be checked: ${response.status} ${(await response.json()).message}`;
  } catch (error) {
    return `The key could not be checked: ${error.message}`;
  }
}

// Replaces "Authorized" for any text in the dialog.
const authorize = (original, { errActions }) => async keys => {
  const value = keys[scheme]?.value?.trim();
  const refusal = value ? await refusalOf(value) : "Enter a key.";
  errActions.clear({ authId: scheme });
  if (refusal) {
    errActions.newAuthErr({ authId: scheme, source: "key", level: "refused", message: refusal });
  } else {
    original({ [scheme]: { ...keys[scheme], value } });
  }
};

// Forgets a stored key that the server no longer knows. In Development, the key that the server printed is there from the start.
async function prepareKey(ui) {
  const { authSelectors, authActions } = ui.getSystem();
  const stored = authSelectors.authorized().getIn([scheme, "value"]);
  const isForgotten = stored && await refusalOf(stored) === unknown;
  if (isForgotten) {
    authActions.logoutWithPersistOption([scheme]);
  }

  if (key && (isForgotten || !stored)) {
    ui.preauthorizeApiKey(scheme, key);
  }
}

// Finds the operations whose method, path, title or section has every word of the phrase.
const filter = (sections, phrase) => {
  const words = phrase.toLowerCase().split(/\s+/);
  const isFound = name => operation => {
    const text = [operation.get("method"), operation.get("path"), operation.getIn(["operation", "summary"]), name].join(" ").toLowerCase();
    return words.every(word => text.includes(word));
  };
  return sections.map((section, name) => section.update("operations", operations => operations.filter(isFound(name))))
    .filter(section => section.get("operations").size > 0);
};

const isFiltered = ({ layoutSelectors }) => typeof layoutSelectors.currentFilter() === "string" && layoutSelectors.currentFilter() !== "";

const plugin = ({ React }) => ({
  fn: { opsFilter: filter },
  components: {
    FilterContainer: ({ layoutSelectors, layoutActions }) => {
      const phrase = layoutSelectors.currentFilter();
      return React.createElement("div", { className: "filter wrapper" }, React.createElement("input", {
        className: "operation-filter-input",
        type: "search",
        placeholder: "Find operations, for example: post contacts",
        "aria-label": "Find operations",
        value: typeof phrase === "string" ? phrase : "",
        onChange: event => layoutActions.updateFilter(event.target.value),
      }));
    },
  },
  wrapComponents: {
    // An open schema shows the types of its members. The schemas in it are closed.
    PrimitiveModel: Original => props => React.createElement(Original, { ...props, expandDepth: props.depth }),
    operations: (Original, { specSelectors }) => props => specSelectors.taggedOperations().size > 0
      ? React.createElement(Original, props)
      : React.createElement("p", { className: "nothing-found" }, "No operation has all of these words."),
  },
  statePlugins: {
    auth: { wrapActions: { authorizeWithPersistOption: authorize } },
    layout: {
      wrapSelectors: {
        // Sections are open while they show what was found.
        isShown: (original, system) => (state, thing, ...rest) =>
          (thing[0] === "operations-tag" && isFiltered(system)) || original(thing, ...rest),
      },
    },
    spec: {
      wrapActions: {
        download: original => async address => {
          key = await developmentKey;
          return original(address);
        },
        updateJsonSpec: original => document => original(shortened(adapt(document, key, start()))),
      },
    },
  },
});

// The page has loaded Swagger UI, but has not started it.
const open = window.SwaggerUIBundle;
window.SwaggerUIBundle = Object.assign(config => {
  const ui = open({ ...config, plugins: [plugin], onComplete: () => prepareKey(ui) });
  return ui;
}, open);
