using System;
using System.Text;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class ServerConsoleTests : ConsoleFixture
{
    [Test]
    public void It_prints_what_clients_do()
    {
        string location = Device.Register();
        Assert.That(Next(), Does.Match($"^registered   abc {location} at 127.0.0.1:[0-9]+, LwM2M 1.1, lifetime 300 s, </1/0>,</3/0>$"));
        Device.Ask(CoapCode.Post, location, ["lt=60"]);
        Assert.That(Next(), Does.StartWith("updated      abc ").And.Contains("lifetime 60 s"));
        Device.Ask(CoapCode.Delete, location);
        Assert.That(Next(), Is.EqualTo("deregistered abc " + location));
    }

    [Test]
    public void List_shows_the_clients()
    {
        Type("list");
        Assert.That(Next(), Does.StartWith("no clients"));
        Register();
        Type("list");
        Assert.That(Next(), Does.StartWith("abc /rd/"));
    }

    [TestCase("read abc /3/0/9 --format text", CoapCode.Get, "/3/0/9", "")]
    [TestCase("read . /3/0/9 -f 0", CoapCode.Get, "/3/0/9", "")]
    [TestCase("write abc /3311/0/5851 17", CoapCode.Put, "/3311/0/5851", "17")]
    [TestCase("write abc /3311/0/5850 true", CoapCode.Put, "/3311/0/5850", "1")]
    [TestCase("write abc /3/0/15 \"Europe/Vienna is  nice\"", CoapCode.Put, "/3/0/15", "Europe/Vienna is  nice")]
    [TestCase("write abc /3/0/15 two words", CoapCode.Put, "/3/0/15", "two words")]
    [TestCase("write abc /3442/0/120 -5", CoapCode.Put, "/3442/0/120", "-5")]
    [TestCase("execute abc /3/0/4", CoapCode.Post, "/3/0/4", "")]
    [TestCase("execute abc /3/0/4 0='U'", CoapCode.Post, "/3/0/4", "0='U'")]
    [TestCase("create abc /16", CoapCode.Post, "/16", "")]
    [TestCase("delete abc /16/0", CoapCode.Delete, "/16/0", "")]
    [TestCase("discover abc /3", CoapCode.Get, "/3", "")]
    [TestCase("attributes abc /3303/0/5700 pmin=1 pmax", CoapCode.Put, "/3303/0/5700", "")]
    public void A_command_becomes_a_request_and_its_answer_is_printed(string line, int code, string path, string body)
    {
        Register();
        Type(line);
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(code));
        Assert.That(request.Path, Is.EqualTo(path));
        Assert.That(request.Text, Is.EqualTo(body));
        Device.Respond(request, CoapCode.Changed);
        Assert.That(Next(), Is.EqualTo("2.04"));
    }

    [Test]
    public void Create_takes_an_id_and_values()
    {
        Register();
        Type("create abc /3311/4 5851=17 5850=on --format tlv");
        RawMessage request = Device.Receive();
        Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo("080408" + "E116DA01" + "E116DB11"));
        Device.Respond(request, CoapCode.Created, location: "/3311/4");
        Assert.That(Next(), Is.EqualTo("2.01 /3311/4"));
    }

    [Test]
    public void Values_are_printed_below_the_code()
    {
        Register();
        Type("read abc /3/0/0");
        Device.Respond(Device.Receive(), CoapCode.Content, 0, Encoding.UTF8.GetBytes("Maker"));
        Assert.That(Next(), Is.EqualTo("2.05"));
        Assert.That(Next(), Is.EqualTo("  /3/0/0 = \"Maker\""));
    }

    [Test]
    public void Notifications_are_printed_until_cancelled()
    {
        Register();
        Type("observe abc /3303/0/5700 --format text");
        RawMessage request = Device.Receive();
        Device.Respond(request, CoapCode.Content, 0, "20"u8.ToArray(), observe: 1);
        Next();
        Next();
        Device.Send(CoapType.NonConfirmable, CoapCode.Content, 1, request.Token, 0, "21.5"u8.ToArray(), 2);
        Assert.That(Next(), Is.EqualTo("notify       abc /3303/0/5700 2.05 /3303/0/5700 = 21.5"));
        Type("cancel abc /3303/0/5700");
        RawMessage cancel = Device.Receive();
        Assert.That(cancel.Observe, Is.EqualTo(1));
        Device.Respond(cancel, CoapCode.Content);
        Assert.That(Next(), Is.EqualTo("2.05"));
        Type("cancel abc /3303/0/5700");
        Assert.That(Next(), Is.EqualTo("error: /3303/0/5700 of abc is not observed."));
    }

    [TestCase("frobnicate", "frobnicate")]
    [TestCase("read", "Usage: read <endpoint> <path>")]
    [TestCase("read abc", "Usage: read <endpoint> <path>")]
    [TestCase("read nobody /3", "nobody is not registered")]
    [TestCase("read abc 3/0", "\"3/0\" is no path")]
    [TestCase("read abc /70000", "\"/70000\" is no path")]
    [TestCase("read abc /3 --format pictures", "\"pictures\" is no content format")]
    [TestCase("write abc /3311/0 1", "write takes a resource")]
    [TestCase("write abc /3311/0/5851 many", "\"many\" is no Integer")]
    [TestCase("create abc /16/0/0", "create takes an object")]
    [TestCase("create abc /16 colour", "\"colour\" is no id=value")]
    [TestCase("cancel abc /3", "/3 of abc is not observed")]
    public void A_mistake_gets_a_clear_error_and_the_console_goes_on(string line, string text)
    {
        Register();
        Type(line);
        Assert.That(Next(), Does.StartWith("error: ").And.Contains(text));
        Type("list");
        Assert.That(Next(), Does.StartWith("abc /rd/"));
    }

    [Test]
    public void Help_names_the_commands()
    {
        Type("help");
        Type("list");
        var all = new StringBuilder();
        string line;
        while (!(line = Next()).StartsWith("no clients", StringComparison.Ordinal))
            all.AppendLine(line);
        string[] commands =
        [
            "list", "read", "write", "execute", "create", "delete", "discover", "observe", "cancel", "attributes", "read-composite", "write-composite",
            "observe-composite", "cancel-composite", "queue", "bootstrap", "plan", "fault", "exit",
        ];
        foreach (string command in commands)
            Assert.That(all.ToString(), Does.Contain("  " + command));
    }

    [Test]
    public async Task Exit_ends_it()
    {
        Type("exit");
        await Running.WaitAsync(Stop);
    }
}
