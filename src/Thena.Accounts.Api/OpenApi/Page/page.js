// Adapts the API document to Swagger UI: the page has sections, sends requests to the server that it comes from, and says once what all
// responses have in common.
(() => {
  const introduction = `
The Accounts API of the Thena Platform, on your own server. The OpenAPI document for clients is at
[/openapi/v1.json](/openapi/v1.json), the one without the extensions of this server at
[/openapi/documented.json](/openapi/documented.json).

**To begin**, choose *Authorize* and enter a key. Then open an operation, and choose *Try it out* and *Execute*.
With the demo data, the examples work as they are: start the server with \`--demo\`, or run the command \`demo\`. Without it, replace
the IDs with those of your own records, and start with \`POST /v1/accounts\`.

**Errors** all have the form that the first error of each operation shows. A 400 also lists every problem in \`errors\`.

**Headers.** Every response has an \`X-Request-Id\`, which is also in the server's log. Responses to requests with a key also have
\`X-RateLimit-Limit\`, \`X-RateLimit-Remaining\` and \`X-RateLimit-Reset\` (the requests per minute, the requests left, and the end of
the minute), and \`X-RateLimit-UserID\` and \`X-RateLimit-OrgID\` (the user and the organization of the key).
\`ETag\` is the version of a record, for \`If-Match\`. \`Idempotency-Replayed: true\` marks the repetition of an earlier response.
\`Retry-After\` is the number of seconds to wait before the next attempt.
`;

  function adapt(document) {
    document.info.description = introduction;
    document.tags = document["x-sections"];

    // Without servers, the page asks the one that it comes from, whatever its address is.
    document.servers = [];
    for (const operation of Object.values(document.paths).flatMap(path => Object.values(path))) {
      operation.tags = [operation["x-section"]];
      shorten(Object.entries(operation.responses));
    }

    return document;
  }

  // Leaves the form of errors to the first one, and the headers to those that differ from operation to operation.
  function shorten(responses) {
    for (const [, response] of responses) {
      const { Link, "X-Total-Count": total } = response.headers ?? {};
      response.headers = Link && { Link, "X-Total-Count": total };
    }

    const [, ...laterErrors] = responses.filter(([status]) => status >= "400");
    for (const [, error] of laterErrors) {
      delete error.content;
    }
  }

  const plugin = () => ({
    statePlugins: { spec: { wrapActions: { updateJsonSpec: original => document => original(adapt(document)) } } },
  });

  // At this event, the page has loaded Swagger UI, but has not started it.
  addEventListener("DOMContentLoaded", () => {
    const start = SwaggerUIBundle;
    SwaggerUIBundle = Object.assign(config => start({ ...config, plugins: [plugin] }), start);
  });
})();
