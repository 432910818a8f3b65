// Calls the operations with openapi-fetch and the types of openapi-typescript. Arguments: base address, key.
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./generated/api.js";

type Account = components["schemas"]["Account"];
type ApiError = components["schemas"]["ApiError"];

const [baseUrl, key] = process.argv.slice(2);
if (!baseUrl || !key) {
  throw new Error("usage: tour.mjs BASE_URL KEY");
}

const authenticate: Middleware = {
  onRequest({ request }) {
    request.headers.set("x-api-key", key);
    return request;
  },
};
const api = createClient<paths>({ baseUrl });
api.use(authenticate);

let passed = 0;
let failed = 0;

async function step(name: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
    passed++;
    console.log(`ok ${name}`);
  } catch (problem) {
    failed++;
    console.log(`not ok ${name}: ${problem instanceof Error ? problem.message : JSON.stringify(problem)}`);
  }
}

function check(condition: boolean, what: string): void {
  if (!condition) {
    throw new Error(what);
  }
}

/** The data of an answer, or its error thrown. */
function data<T>(answer: { data?: T; error?: ApiError; response: Response }): T {
  check(answer.error === undefined && answer.data !== undefined, `${answer.response.status} ${answer.error?.message ?? "without data"}`);
  return answer.data as T;
}

const word = `ts${Date.now().toString(36)}${Math.floor(Math.random() * 1e6).toString(36)}`;
const domain = `${word}.example`;
let account: Account | undefined;
const accountId = (): string => account?.id ?? "none";
const contactIds: string[] = [];

await step("list accounts", async () => {
  const accounts = data(await api.GET("/v1/accounts", { params: { query: { limit: 5, sort: "name", order: "ASC" } } }));
  check(accounts.length <= 5, "too many accounts");
});

await step("create an account", async () => {
  account = data(await api.POST("/v1/accounts", { body: { name: "Tour", primaryDomain: domain, annualRevenue: 12.5, metadata: { tour: 1 } } }));
  check(account.primaryDomain === domain && account.annualRevenue === 12.5 && account.metadata.tour === 1, "another account");
});

await step("read the account", async () => {
  const read = data(await api.GET("/v1/accounts/{id}", { params: { path: { id: accountId() } } }));
  check(read.name === "Tour" && read.statusConfiguration !== undefined, "another account");
});

await step("update one member, clear another", async () => {
  const updated = data(await api.PUT("/v1/accounts/{id}", { params: { path: { id: accountId() } }, body: { description: "Seen", annualRevenue: null } }));
  check(updated.description === "Seen" && updated.annualRevenue === null && updated.name === "Tour", "not updated");
});

await step("create a contact of the account", async () => {
  const contact = data(await api.POST("/v1/accounts/contacts", { body: { firstName: "Ada", email: `ada.lovelace@${domain}`, accountIds: [accountId()] } }));
  contactIds.push(contact.id);
  check(contact.accounts[0]?.id === accountId(), "not linked");
});

await step("read the contact", async () => {
  const contactId = contactIds[0] ?? "none";
  const contact = data(await api.GET("/v1/accounts/contacts/{contactId}", { params: { path: { contactId } } }));
  const later = data(await api.GET("/v1/accounts/contacts", { params: { query: { createdAfter: contact.createdAt } } }));
  check(contact.email === `ada.lovelace@${domain}` && !later.some((other) => other.id === contactId), "not the contact");
});

await step("list attribute values", async () => {
  const values = data(await api.GET("/v1/accounts/attributes", { params: { query: { attribute: "account_status" } } }));
  check(values.some((value) => value.value === "ACTIVE"), "no ACTIVE");
});

await step("create a custom field, use it, delete it", async () => {
  const field = data(await api.POST("/v1/custom-field", { body: { name: word, source: "account", fieldType: "single_choice", options: ["gold", "silver"] } })).data;
  const updated = data(await api.PUT("/v1/accounts/{id}", { params: { path: { id: accountId() } }, body: { customFieldValues: [{ customFieldId: field.uid, data: "gold" }] } }));
  check(updated.customFieldValues[0]?.data === "gold", "no value");
  data(await api.POST("/v1/custom-field/delete", { body: { fields: [{ fieldId: field.uid }] } }));
});

await step("create in bulk", async () => {
  const bulk = data(await api.POST("/v1/accounts/bulk", { body: { accounts: [{ name: "Again", primaryDomain: domain }, { name: "New", primaryDomain: `new-${domain}` }] } }));
  check(bulk.created === 1 && bulk.skipped === 1 && bulk.results[0]?.id === accountId(), "other counts");
  for (const { id } of bulk.results.filter((result) => result.status === "created")) {
    await api.DELETE("/v1/accounts/{id}", { params: { path: { id: id ?? "" } } });
  }

  const none = await api.POST("/v1/accounts/bulk", { body: { accounts: [{ name: "Again", primaryDomain: domain }] } });
  check(none.response.status === 200 && data(none).skipped === 1, "not 200 when nothing is created");
});

await step("ingest", async () => {
  const ingested = data(await api.POST("/v1/accounts/contacts/ingest", { body: { users: [{ firstName: "Grace", email: `grace@${domain}` }], sinkSource: "SLACK" } }));
  check(ingested.data.length === 1 && ingested.statusCode === 200, "other people");
  contactIds.push(...ingested.data.map((user) => user.uid));
});

await step("a typed 404", async () => {
  const { error, response } = await api.GET("/v1/accounts/{id}", { params: { path: { id: "nothing" } } });
  check(response.status === 404 && error?.statusCode === 404 && error.message === "Account not found!", "not the 404");
});

await step("a typed 409", async () => {
  const { error, response } = await api.POST("/v1/accounts", { body: { name: "Twin", primaryDomain: domain } });
  check(response.status === 409 && error?.error === "Conflict" && error.existingId === accountId(), "not the 409");
});

await step("a typed 400", async () => {
  const { error, response } = await api.POST("/v1/accounts", { body: { name: "", primaryDomain: "" } });
  check(response.status === 400 && error?.errors?.length === 2, "not the 400");
});

await step("delete the contacts and the account", async () => {
  for (const contactId of contactIds) {
    check((await api.DELETE("/v1/accounts/contacts/{contactId}", { params: { path: { contactId } } })).response.status === 200, "contact not deleted");
  }

  const path = { id: accountId() };
  const { error, response } = await api.DELETE("/v1/accounts/{id}", { params: { path } });
  check(response.status === 200 && error === undefined, "account not deleted");
  check((await api.DELETE("/v1/accounts/{id}", { params: { path } })).error?.statusCode === 404, "deleted twice");
});

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
