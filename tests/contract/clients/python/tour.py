"""Calls the operations with the client of OpenAPI Generator. Arguments: base address, key."""
import sys
import uuid
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "generated"))
import thena_accounts as client  # noqa: E402

base_url, key = sys.argv[1:]
configuration = client.Configuration(host=base_url.rstrip("/"), api_key={"x-api-key": key})
http = client.ApiClient(configuration)
http.set_default_header("x-api-key", key)
api = client.AccountsApi(http)
details = client.RecordDetailsApi(http)

word = "py" + uuid.uuid4().hex[:16]
domain = word + ".example"
state = {"account": "none", "contacts": []}
counts = {True: 0, False: 0}


def step(name):
    """Runs a step at once and counts it."""
    def run(action):
        try:
            action()
            counts[True] += 1
            print("ok", name)
        except Exception as problem:  # a failed step is told, whatever it failed with
            counts[False] += 1
            print("not ok %s: %s" % (name, problem))
    return run


def error_of(action, *arguments):
    """The typed error that a call answers."""
    try:
        action(*arguments)
    except client.ApiException as problem:
        answer = type("Answer", (), {"data": problem.body})
        return http.deserialize(answer, "ApiError")
    raise AssertionError("no error")


@step("list accounts")
def _():
    assert len(api.get_all_accounts(limit=5, sort="name", order="ASC")) <= 5


@step("create an account")
def _():
    account = api.create_account(client.CreateAccountRequest(name="Tour", primary_domain=domain, annual_revenue=12.5, metadata={"tour": 1}))
    state["account"] = account.id
    assert account.primary_domain == domain and account.annual_revenue == 12.5 and account.metadata == {"tour": 1}


@step("read the account")
def _():
    account = api.get_account_details(state["account"])
    assert account.name == "Tour" and account.status_configuration is not None and account.website is None


@step("update one member")
def _():
    account = api.update_account(state["account"], client.UpdateAccountRequest(description="Seen"))
    assert account.description == "Seen" and account.name == "Tour" and account.annual_revenue == 12.5


@step("create a contact of the account")
def _():
    contact = api.create_contact(client.CreateContactRequest(first_name="Ada", email="ada.lovelace@" + domain, account_ids=[state["account"]]))
    state["contacts"].append(contact.id)
    assert contact.accounts[0].id == state["account"]


@step("read the contact")
def _():
    contact = details.get_contact_details(state["contacts"][0])
    assert contact.email == "ada.lovelace@" + domain
    assert contact.id not in [later.id for later in api.get_all_contacts(created_after=contact.created_at, limit=100)]


@step("list attribute values")
def _():
    assert "ACTIVE" in [value.value for value in api.get_all_attribute_values(client.AttributeKind.ACCOUNT_STATUS)]


@step("create a custom field, use it, delete it")
def _():
    request = client.CreateCustomFieldRequest(
        name=word, source=client.CustomFieldSource.ACCOUNT, field_type=client.CustomFieldType.SINGLE_CHOICE, options=["gold", "silver"])
    field = api.create_custom_field(request).data
    value = client.CustomFieldValueInput(custom_field_id=field.uid, data="gold")
    account = api.update_account(state["account"], client.UpdateAccountRequest(custom_field_values=[value]))
    assert account.custom_field_values[0].data == "gold"
    api.delete_custom_fields(client.DeleteCustomFieldsRequest(fields=[client.DeleteCustomFieldItem(field_id=field.uid)]))


@step("create in bulk")
def _():
    again = client.CreateAccountRequest(name="Again", primary_domain=domain)
    new = client.CreateAccountRequest(name="New", primary_domain="new-" + domain)
    bulk = api.create_accounts_in_bulk(client.CreateAccountsRequest(accounts=[again, new]))
    assert (bulk.created, bulk.skipped, bulk.results[0].id) == (1, 1, state["account"])
    for result in bulk.results:
        if result.status == "created":
            api.delete_account(result.id)
    assert api.create_accounts_in_bulk(client.CreateAccountsRequest(accounts=[again])).skipped == 1


@step("ingest")
def _():
    user = client.IngestUser(first_name="Grace", email="grace@" + domain)
    ingested = api.ingest_users(client.IngestUsersRequest(users=[user], sink_source=client.IngestSink.SLACK))
    state["contacts"] += [user.uid for user in ingested.data]
    assert ingested.status_code == 200 and len(ingested.data) == 1


@step("a typed 404")
def _():
    error = error_of(api.get_account_details, "nothing")
    assert (error.status_code, error.message) == (404, "Account not found!")


@step("a typed 409")
def _():
    error = error_of(api.create_account, client.CreateAccountRequest(name="Twin", primary_domain=domain))
    assert (error.status_code, error.error, error.existing_id) == (409, "Conflict", state["account"])


@step("a typed 400")
def _():
    # A choice field needs options. The document cannot express that.
    error = error_of(api.create_custom_field, client.CreateCustomFieldRequest(
        name=word, source=client.CustomFieldSource.ACCOUNT, field_type=client.CustomFieldType.SINGLE_CHOICE))
    assert error.status_code == 400 and error.errors[0].field == "options"


@step("a request that the document forbids is not sent")
def _():
    try:
        client.CreateAccountRequest(name="", primary_domain=domain)
    except ValueError:
        return
    raise AssertionError("taken")


@step("delete the contacts and the account")
def _():
    for contact in state["contacts"]:
        api.delete_contact(contact)
    api.delete_account(state["account"])
    assert error_of(api.delete_account, state["account"]).status_code == 404


print("%d passed, %d failed" % (counts[True], counts[False]))
sys.exit(1 if counts[False] else 0)
