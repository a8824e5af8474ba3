using System;
using System.IO;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using Lwm2m.Samples.Cli;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>The console's commands for bootstrap, composite operations, Send and queue mode.</summary>
public class LifeConsoleTests : ConsoleFixture
{
    [TestCase("read-composite abc /3/0/0 /1", CoapCode.Fetch, 112, 112)]
    [TestCase("read-composite abc / --format etch-json", CoapCode.Fetch, 320, 110)]
    [TestCase("read-composite abc /3/0/0 -f senml-json -a lwm2m-cbor", CoapCode.Fetch, 110, 11544)]
    [TestCase("write-composite abc /1/0/1=60 /3/0/15=here", CoapCode.IPatch, 112, -1)]
    [TestCase("write-composite abc /16/0/0/1", CoapCode.IPatch, 322, -1)]
    [TestCase("write-composite . /1/0/1=60 --format lwm2m-cbor", CoapCode.IPatch, 11544, -1)]
    public void A_composite_command_becomes_a_request(string line, int code, int format, int accept)
    {
        Register();
        Type(line);
        RawMessage request = Device.Receive();
        Assert.That((request.Code, request.Path, request.ContentFormat, request.Accept), Is.EqualTo((code, "", format, accept)));
        Device.Respond(request, CoapCode.Content, 110, "[{\"n\":\"/3/0/0\",\"vs\":\"AB\"}]"u8.ToArray());
        Assert.That(Next(), Is.EqualTo("2.05"));
        Assert.That(Next(), Is.EqualTo("  /3/0/0 = \"AB\""));
    }

    [Test]
    public void A_composite_observation_is_told_until_it_is_cancelled()
    {
        byte[] body = "[{\"n\":\"/3/0/0\",\"vs\":\"AB\"}]"u8.ToArray();
        Register();
        Type("observe-composite abc /3/0/0 /1 --with pmin=1 -w pmax=9");
        RawMessage observe = Device.Receive();
        Assert.That(observe.Query, Is.EqualTo(new[] { "pmin=1", "pmax=9" }));
        Device.Respond(observe, CoapCode.Content, 110, body, observe: 1);
        Next();
        Next();
        Device.Send(CoapType.NonConfirmable, CoapCode.Content, 1, observe.Token, 110, body, 2);
        Assert.That(Next(), Is.EqualTo("notify       abc /3/0/0 /1 2.05 /3/0/0 = \"AB\""));
        Type("cancel-composite abc /3/0/0 /1");
        RawMessage cancel = Device.Receive();
        Assert.That((cancel.Code, cancel.Observe), Is.EqualTo((CoapCode.Fetch, 1)));
        Device.Respond(cancel, CoapCode.Content, 110, "[]"u8.ToArray());
        Assert.That(Next(), Is.EqualTo("2.05 0x5b5d"));
        Type("cancel-composite abc /3/0/0 /1");
        Assert.That(Next(), Is.EqualTo("error: /3/0/0 /1 of abc is not observed."));
    }

    [Test]
    public void A_send_is_printed_with_its_times()
    {
        Register();
        Device.Ask(CoapCode.Post, "/dp", null, 110, "[{\"bt\":1600000000,\"n\":\"/3/0/9\",\"v\":99},{\"n\":\"/3/0/9\",\"v\":98,\"t\":1.5}]");
        Assert.That(Next(), Is.EqualTo("send         abc /3/0/9 = 99 at 2020-09-13T12:26:40Z, /3/0/9 = 98 at 2020-09-13T12:26:41.500Z"));
    }

    [Test]
    public void What_a_sleeping_client_is_asked_waits_while_the_console_goes_on()
    {
        string location = Device.Register("abc", "</3/0>", "b=U", "Q");
        Assert.That(Next(), Does.Contain("queue mode"));
        Server.Find("abc")!.TakeForAsleep();
        Type("read abc /3/0/0");
        Assert.That(Next(), Is.EqualTo("queued       abc GET /3/0/0"));
        Type("write abc /3/0/15 here");
        Assert.That(Next(), Is.EqualTo("queued       abc PUT /3/0/15"));
        Type("queue abc");
        Assert.That(Next(), Is.EqualTo("abc sleeps, 2 waiting"));
        Assert.That(Next(), Is.EqualTo("  GET /3/0/0"));
        Assert.That(Next(), Is.EqualTo("  PUT /3/0/15"));
        Device.Ask(CoapCode.Post, location);
        Assert.That(Next(), Does.StartWith("updated"));
        Assert.That(Next(), Is.EqualTo("sent         abc GET /3/0/0"));
        Device.Respond(Device.Receive(), CoapCode.Content, 0, "AB"u8.ToArray());
        // The answer and the next one's departure are told side by side.
        string[] lines = [Next(), Next(), Next()];
        Assert.That(lines, Is.EquivalentTo(new[] { "2.05", "  /3/0/0 = \"AB\"", "sent         abc PUT /3/0/15" }));
        Device.Respond(Device.Receive(), CoapCode.Changed);
        Assert.That(Next(), Is.EqualTo("2.04"));
        Type("queue abc");
        Assert.That(Next(), Is.EqualTo("abc is awake, 0 waiting"));
    }

    [Test]
    public void A_bootstrap_is_told_step_by_step()
    {
        Type("plan account abc coap://a --ssid 101 --lifetime 60");
        Type("plan account abc coap://b --ssid 102 --binding UQ");
        Type("plan access abc /3/0 101 102=1");
        Type("plan show abc");
        Assert.That(Next(), Is.EqualTo("Delete /0, Delete /1, Delete /2, Discover /, Write /0, Write /0, Write /1/0, Write /1/1, Write /2/0, Finish"));
        Device.Ask(CoapCode.Post, "/bs", ["ep=abc", "pct=110"]);
        Assert.That(Next(), Is.EqualTo($"bootstrap    abc at {Device.Address}, content format 110"));
        foreach (string path in new[] { "/0", "/1", "/2" })
        {
            Answer(CoapCode.Deleted);
            Assert.That(Next(), Is.EqualTo($"step         abc DELETE {path}: 2.02"));
        }
        Device.Respond(Device.Receive(), CoapCode.Content, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes("</0/0>"));
        Assert.That(Next(), Is.EqualTo("step         abc GET /: 2.05 </0/0>"));
        foreach (string path in new[] { "/0/1", "/0/2", "/1/0", "/1/1", "/2/0" })
        {
            RawMessage write = Answer(CoapCode.Changed);
            Assert.That(Next(), Is.EqualTo($"step         abc PUT {path}: 2.04"));
            if (path == "/1/0")
                Assert.That(write.Text, Does.Contain("\"n\":\"1\",\"v\":60"));
            if (path == "/1/1")
                Assert.That(write.Text, Does.Contain("\"vs\":\"UQ\""));
            if (path == "/2/0")
                Assert.That(write.Text, Does.Contain("\"n\":\"2/102\",\"v\":1"));
        }
        Answer(CoapCode.Changed);
        Assert.That(Next(), Is.EqualTo("step         abc POST /bs: 2.04"));
        Assert.That(Next(), Is.EqualTo("bootstrapped abc"));
    }

    [Test]
    public void A_plan_is_made_of_steps_and_its_failure_is_told()
    {
        Type("plan delete abc /1");
        Type("plan discover abc /0");
        Type("plan write abc /1/0 0=101 1=60 7=U --format senml-json");
        Type("plan read abc /1");
        Type("plan finish abc");
        Type("plan show abc");
        Assert.That(Next(), Is.EqualTo("Delete /1, Discover /0, Write /1/0, Read /1, Finish"));
        Device.Ask(CoapCode.Post, "/bs", ["ep=abc"]);
        Next();
        Answer(CoapCode.Deleted);
        Next();
        Answer(CoapCode.BadRequest);
        Assert.That(Next(), Is.EqualTo("step         abc GET /0: 4.00"));
        Assert.That(Next(), Is.EqualTo("bootstrap failed abc"));
    }

    [Test]
    public void A_forgotten_plan_refuses()
    {
        Type("plan forget *");
        Type("plan show abc");
        Assert.That(Next(), Is.EqualTo("refused: nobody knows it"));
        Assert.That(Device.Ask(CoapCode.Post, "/bs", ["ep=abc"]).Code, Is.EqualTo(CoapCode.BadRequest));
    }

    [Test]
    public void The_trigger_is_an_execute()
    {
        Register();
        Type("bootstrap abc");
        RawMessage request = Answer(CoapCode.Changed);
        Assert.That((request.Code, request.Path), Is.EqualTo((CoapCode.Post, "/1/0/9")));
        Assert.That(Next(), Is.EqualTo("2.04"));
    }

    [TestCase("fault register 4.03", "/rd", "lt=60", CoapCode.Forbidden)]
    [TestCase("fault bootstrap 4.01", "/bs", null, CoapCode.Unauthorized)]
    [TestCase("fault send 5.03", "/dp", null, CoapCode.ServiceUnavailable)]
    public void A_fault_answers_with_a_code(string line, string path, string? parameter, int code)
    {
        Type(line);
        Type("list");
        Next();
        string[] query = parameter == null ? ["ep=abc"] : ["ep=abc", parameter];
        Assert.That(Device.Ask(CoapCode.Post, path, query, 40, "</1/0>").Code, Is.EqualTo(code));
    }

    [Test]
    public void Faults_change_a_bootstrap()
    {
        Type("plan write abc /1/0 0=101");
        Type("plan finish abc");
        Type("fault early-finish 1");
        Type("fault lose-steps 1");
        Type("list");
        Next();
        Device.Ask(CoapCode.Post, "/bs", ["ep=abc"]);
        Next();
        Assert.That(Next(), Is.EqualTo("step         abc POST /bs: not sent"));
        Answer(CoapCode.Changed);
        Assert.That(Next(), Is.EqualTo("step         abc PUT /1/0: 2.04"));
        Answer(CoapCode.NotAcceptable);
        Assert.That(Next(), Is.EqualTo("step         abc POST /bs: 4.06"));
        Assert.That(Next(), Is.EqualTo("bootstrap failed abc"));
    }

    [TestCase("read-composite abc 3/0", "\"3/0\" is no path")]
    [TestCase("read-composite abc /3 -f tlv", "cannot list /3")]
    [TestCase("write-composite abc /3/0", "\"/3/0\" is no path=value")]
    [TestCase("write-composite abc 17", "\"17\" is no path=value")]
    [TestCase("plan", "Usage: plan")]
    [TestCase("plan account abc", "Usage: plan account <endpoint> <uri>")]
    [TestCase("plan access abc /3/0/1 1", "access takes an instance")]
    [TestCase("plan access abc /3/0 1 x=y", "is no id=value")]
    [TestCase("plan access abc /3/0 1 1=y", "is no ssid=rights")]
    [TestCase("plan write abc /1 0=1", "write takes an instance")]
    [TestCase("fault rain 1", "rain")]
    [TestCase("fault register often", "\"often\" is no code")]
    [TestCase("fault lose-steps 4.03", "\"4.03\" is no number")]
    public void A_mistake_gets_a_clear_error_and_the_console_goes_on(string line, string text)
    {
        Register();
        Type(line);
        Assert.That(Next(), Does.StartWith("error: ").And.Contains(text));
        Type("list");
        Assert.That(Next(), Does.StartWith("abc /rd/"));
    }

    [Test]
    public async Task The_bootstrap_server_may_have_a_port_of_its_own()
    {
        await using LocalServer bootstrap = LocalServer.Start(new LocalServerOptions { Port = 0 });
        bootstrap.Provision("*", new BootstrapAccount(Server.Uri));
        var output = new StringWriter();
        using var end = new CancellationTokenSource();
        Task running = new ServerConsole(Server, new NoLines(), output, bootstrap).RunAsync(end.Token);
        using var device = new RawDevice(bootstrap);
        Assert.That(device.Ask(CoapCode.Post, "/bs", ["ep=abc"]).Code, Is.EqualTo(CoapCode.Changed));
        RawMessage delete = device.Receive();
        Assert.That(delete.Code, Is.EqualTo(CoapCode.Delete));
        device.Respond(delete, CoapCode.Deleted);
        Assert.That(() => output.ToString(), Does.Contain("step         abc DELETE /0: 2.02").After(5000, 10));
        Assert.That(output.ToString(), Does.StartWith($"listening on {Server.Uri}{Environment.NewLine}bootstrap on {bootstrap.Uri}{Environment.NewLine}"));
        await end.CancelAsync();
        await running;
    }

    private RawMessage Answer(int code)
    {
        RawMessage request = Device.Receive();
        Device.Respond(request, code);
        return request;
    }

    /// <summary>An input on which nobody ever types.</summary>
    private sealed class NoLines : TextReader
    {
        public override string? ReadLine()
        {
            Thread.Sleep(1000);
            return "";
        }
    }
}
