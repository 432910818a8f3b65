// What both pages of the reference have in common: the API document for someone who explores it, and the key. Clients get the document as
// it is.

/** The name of the key in the API document. */
export const scheme = "ApiKey";

/** The development key, or null. Only a server in Development has one, and gives it to its own machine alone. */
export const developmentKey = fetch("/openapi/development-key").then(response => (response.status === 200 ? response.text() : null));

const introduction = (key, start) => `
\`\`\`
curl -s ${location.origin}/v1/accounts -H 'x-api-key: ${key ?? "KEY"}'
\`\`\`

The Accounts API of the Thena Platform, on your own server. [Swagger UI](/swagger) sends requests, [the reference](/reference) has code in
four languages. The OpenAPI document for clients is at
[/openapi/v1.json](/openapi/v1.json), the one without the extensions of this server at
[/openapi/documented.json](/openapi/documented.json).

**To begin.** ${start}
With the demo data, the examples work as they are: start the server with \`--demo\`, or run the command \`demo\`. Without it, replace
the IDs with those of your own records, and start with \`POST /v1/accounts\`.

**Errors** all have the form that the first error of each operation shows. A 400 also lists every problem in \`errors\`.

**Headers.** Every response has an \`X-Request-Id\`, which is also in the server's log. Responses to requests with a key also have
\`X-RateLimit-Limit\`, \`X-RateLimit-Remaining\` and \`X-RateLimit-Reset\` (the requests per minute, the requests left, and the end of
the minute), and \`X-RateLimit-UserID\` and \`X-RateLimit-OrgID\` (the user and the organization of the key).
\`ETag\` is the version of a record, for \`If-Match\`. \`Idempotency-Replayed: true\` marks the repetition of an earlier response.
\`Retry-After\` is the number of seconds to wait before the next attempt.
`;

/** Returns the operations of a document. */
export const operationsOf = document => Object.values(document.paths).flatMap(path => Object.values(path));

/** Shows the operations in sections, and sends requests to the server that the page comes from. */
export function adapt(document, key, start) {
  document.info.description = introduction(key, start);
  document.tags = document["x-sections"];
  document.servers = [];
  for (const operation of operationsOf(document)) {
    operation.tags = [operation["x-section"]];
  }

  return document;
}
