using System.Net;
using Microsoft.Extensions.Options;
using Thena.Accounts.Core.Webhooks;

namespace Thena.Accounts.Api.Tests.Webhooks;

/// <summary>Where webhooks may be sent: never where an attacker could use the server to reach what is not public.</summary>
public sealed class WebhookTargetTests(WebhookServer server) : IClassFixture<WebhookServer>
{
    [Theory]
    [InlineData("http://10.0.0.1/", "private")]
    [InlineData("http://192.168.1.1/", "private")]
    [InlineData("http://172.16.0.1/", "private")]
    [InlineData("http://100.64.0.1/", "carrier-grade NAT")]
    [InlineData("http://[::1]/", "loopback")]
    [InlineData("http://[fc00::1]/", "private")]
    [InlineData("http://[::ffff:10.0.0.1]/", "private")]
    [InlineData("http://[::10.0.0.1]/", "private")]
    [InlineData("http://[64:ff9b::10.0.0.1]/", "private")]
    [InlineData("http://[2002:0a00:0001::1]/", "private")]
    [InlineData("http://167772161/", "private")]
    [InlineData("http://0x0a000001/", "private")]
    [InlineData("http://012.0.0.1/", "private")]
    public async Task Create_WithAnAddressInsideTheOwnNetwork_NamesTheSettingThatAllowsIt(string url, string kind)
    {
        var tenant = await server.CreateTenantAsync();

        var refused = (await tenant.PostWebhookAsync(url)).ExpectProblem("url");

        Assert.Contains($"a {kind} address", refused.TextOf("message"), StringComparison.Ordinal);
        Assert.Contains("Webhooks__AllowedNetworks__0=", refused.TextOf("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/", "link-local")]
    [InlineData("http://2852039166/", "link-local")]
    [InlineData("http://[::ffff:169.254.169.254]/", "link-local")]
    [InlineData("http://[fe80::1]/", "link-local")]
    [InlineData("http://100.100.100.200/", "metadata")]
    [InlineData("http://168.63.129.16/", "metadata")]
    [InlineData("http://[fd00:ec2::254]/", "metadata")]
    [InlineData("http://224.0.0.1/", "multicast")]
    [InlineData("http://[ff02::1]/", "multicast")]
    [InlineData("http://0.0.0.0/", "reserved")]
    [InlineData("http://255.255.255.255/", "reserved")]
    [InlineData("http://192.0.2.1/", "reserved")]
    [InlineData("http://[::]/", "reserved")]
    [InlineData("http://[2001:db8::1]/", "reserved")]
    [InlineData("http://[2001::1]/", "reserved")]
    public async Task Create_WithAnAddressThatIsNeverSentTo_IsRefused(string url, string kind)
    {
        var tenant = await server.CreateTenantAsync();

        var refused = (await tenant.PostWebhookAsync(url)).ExpectProblem("url");

        Assert.Contains($"a {kind} address, to which webhooks are never sent", refused.TextOf("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://user:password@hooks.example/")]
    [InlineData("http://127.0.0.1@hooks.example/")]
    [InlineData("http://hooks.example/#part")]
    [InlineData("ftp://hooks.example/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("hooks.example")]
    [InlineData("")]
    public async Task Create_WithAUrlOfAnotherForm_IsRefused(string url)
    {
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostWebhookAsync(url)).ExpectProblem("url");
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1:248:1893:25c8:1946", true)]
    public void Address_WithAllowedNetworks_IsAllowedOrNot(string address, bool isAllowed)
    {
        var options = new WebhookOptions { AllowedNetworks = { "127.0.0.0/8", "169.254.0.0/16" } };

        var problem = new WebhookTargets(Options.Create(options), new SystemHostResolver()).FindProblem(IPAddress.Parse(address));

        Assert.Equal(isAllowed, problem is null);
    }

    [Fact]
    public async Task Name_WithAnAddressThatIsNotAllowed_IsRefusedAtOnce()
    {
        server.Hosts["inside.example"] = new(["10.0.0.1"]);
        var tenant = await server.CreateTenantAsync();

        (await tenant.PostWebhookAsync("http://inside.example/")).ExpectProblem("url");
    }

    [Fact]
    public async Task Name_ThatHasAnotherAddressTheSecondTime_IsNotConnectedTo()
    {
        await using var receiver = await Receiver.StartAsync();
        server.Hosts["rebinding.example"] = new(["93.184.216.34", "10.0.0.1"]);
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync($"http://rebinding.example:{receiver.Port}/hook")).Id;

        await tenant.CreateAccountAsync();
        var refused = await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1);
        server.Hosts["rebinding.example"] = new(["127.0.0.1"]);
        await server.PassAsync(webhook);
        await tenant.WaitForDeliveryAsync(webhook, one => one.Is("delivered"));

        Assert.Equal(
            "The URL leads to 10.0.0.1, a private address. The setting Webhooks__AllowedNetworks__0=10.0.0.1 allows it.",
            refused.Text("error"));
        Assert.Equal("rebinding.example:" + receiver.Port, Assert.Single(receiver.All).Headers["Host"]);
    }

    [Fact]
    public async Task Name_ThatIsNotKnown_CanBeSavedAndFailsLater()
    {
        var tenant = await server.CreateTenantAsync();
        var webhook = (await tenant.CreateWebhookAsync("http://unknown.example/")).Id;

        await tenant.CreateAccountAsync();

        Assert.Equal("The host is not known.", (await tenant.WaitForDeliveryAsync(webhook, one => one.Attempts() == 1)).Text("error"));
    }
}
