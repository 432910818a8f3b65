// The settings of Scalar that depend on the API document.
import { adapt, developmentKey, scheme } from "./document.js";

const key = await developmentKey;
const document = await (await fetch("/openapi/v1.json")).json();
const start = `${key ? "The development key is filled in." : "Enter a key under *Authentication*."} Choose *Test Request* at an operation.`;

export default {
  sources: [{ title: "Thena Platform", content: adapt(document, key, start) }],
  servers: [{ url: location.origin }],
  authentication: { preferredSecurityScheme: scheme, securitySchemes: { [scheme]: { value: key ?? "" } } },
};
