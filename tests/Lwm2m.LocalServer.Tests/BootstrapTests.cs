using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class BootstrapTests : ServerFixture
{
    // What is left of a client's objects after DELETE /, when its account of the bootstrap server is /0/0.
    private const string Left = "</>;lwm2m=1.1,</0/0>,</3/0>";

    private static readonly BootstrapAccount One = new("coap://a", 101) { LifetimeSeconds = 300 };
    private static readonly BootstrapAccount Two = new("coap://b", 102);

    private readonly List<RawMessage> _seen = [];

    [SetUp]
    public void Forget() => _seen.Clear();

    protected override void Configure(LocalServerOptions options)
    {
        options.AckTimeoutMs = 200;
        options.MaxRetransmit = 1;
    }

    [Test]
    public async Task The_usual_plan_deletes_discovers_writes_the_account_and_finishes()
    {
        Server.Provision("abc", One);
        BootstrapSession session = await BeginAsync();
        Assert.That(session.Endpoint, Is.EqualTo("abc"));
        Assert.That(session.Address, Is.EqualTo(Device.Address));
        Assert.That(session.PreferredFormat, Is.Null);

        foreach (string path in new[] { "/0", "/1", "/2" })
        {
            RawMessage delete = Device.Receive();
            Assert.That((delete.Type, delete.Code, delete.Path), Is.EqualTo((CoapType.Confirmable, CoapCode.Delete, path)));
            Device.Respond(delete, path == "/2" ? CoapCode.NotFound : CoapCode.Deleted);
        }

        RawMessage discover = Device.Receive();
        Assert.That((discover.Code, discover.Path, discover.Accept), Is.EqualTo((CoapCode.Get, "", ContentFormat.LinkFormat)));
        Device.Respond(discover, CoapCode.Content, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes(Left));

        RawMessage security = Device.Receive();
        Assert.That((security.Code, security.Path, security.ContentFormat), Is.EqualTo((CoapCode.Put, "/0/1", ContentFormat.Tlv)));
        Assert.That(Convert.ToHexString(security.Payload), Is.EqualTo("C80008" + "636F61703A2F2F61" + "C10100" + "C10203" + "C10A65"));
        Device.Respond(security, CoapCode.Changed);

        RawMessage server = Device.Receive();
        Assert.That((server.Code, server.Path, server.ContentFormat), Is.EqualTo((CoapCode.Put, "/1/0", ContentFormat.Tlv)));
        Assert.That(Convert.ToHexString(server.Payload), Is.EqualTo("C10065" + "C201012C" + "C10601" + "C10755"));
        Device.Respond(server, CoapCode.Changed);

        RawMessage finish = Device.Receive();
        Assert.That((finish.Code, finish.Path, finish.Payload.Length), Is.EqualTo((CoapCode.Post, "/bs", 0)));
        Assert.That(session.Ended.IsCompleted, Is.False);
        Device.Respond(finish, CoapCode.Changed);

        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Succeeded));
        Assert.That(
            session.Results.Select(r => r.ToString()),
            Is.EqualTo(new[] { "DELETE /0: 2.02", "DELETE /1: 2.02", "DELETE /2: 4.04", "GET /: 2.05 </>;lwm2m=1.1,</0/0>,</3/0>", "PUT /0/1: 2.04", "PUT /1/0: 2.04", "POST /bs: 2.04" }));
    }

    [Test]
    public async Task Without_a_plan_all_get_an_account_at_this_server()
    {
        BootstrapSession session = await BeginAsync("ep=whoever");
        await AnswerAsync(session);
        RawMessage security = _seen.Single(m => m.Path == "/0/1");
        Assert.That(security.Text, Does.Contain(Server.Uri));
        Assert.That(await session.Ended, Is.EqualTo(BootstrapOutcome.Succeeded));
    }

    [TestCase(110, "[{\"bn\":\"/1/0/\",\"n\":\"0\",\"v\":101},{\"n\":\"1\",\"v\":300},{\"n\":\"6\",\"vb\":true},{\"n\":\"7\",\"vs\":\"U\"}]")]
    [TestCase(11544, null)]
    [TestCase(112, null)]
    [TestCase(11542, null)]
    public async Task Writes_come_in_the_format_that_the_client_prefers(int format, string? text)
    {
        Server.Provision("abc", One);
        BootstrapSession session = await BeginAsync("ep=abc", "pct=" + format);
        await AnswerAsync(session);
        Assert.That(session.PreferredFormat, Is.EqualTo(format));
        Assert.That(_seen.Where(m => m.Code == CoapCode.Put).Select(m => m.ContentFormat), Is.EqualTo(new[] { format, format }));
        if (text != null)
            Assert.That(_seen.Single(m => m.Path == "/1/0").Text, Is.EqualTo(text));
    }

    [Test]
    public async Task Several_accounts_and_access_rules_are_written()
    {
        var plan = BootstrapPlan.For([One, Two], [new AccessRule(3, 0, 101, new Dictionary<int, int> { [101] = 15, [102] = 1 }), new AccessRule(16, 65535, 65535, new Dictionary<int, int> { [101] = 16 })]);
        Server.Provision("abc", plan);
        BootstrapSession session = await BeginAsync();
        await AnswerAsync(session, left: "</0/1>,</3/0>");
        Assert.That(_seen.Select(m => m.Path), Is.EqualTo(new[] { "/0", "/1", "/2", "", "/0/0", "/0/2", "/1/0", "/1/1", "/2/0", "/2/1", "/bs" }));
        RawMessage rule = _seen.Single(m => m.Path == "/2/0");
        Assert.That(Convert.ToHexString(rule.Payload), Is.EqualTo("C10003" + "C10100" + "8602" + "41650F" + "416601" + "C10365"));
        rule = _seen.Single(m => m.Path == "/2/1");
        Assert.That(Convert.ToHexString(rule.Payload), Is.EqualTo("C10010" + "C4010000FFFF" + "8302" + "416510" + "C4030000FFFF"));
    }

    [Test]
    public async Task A_client_that_cannot_discover_keeps_its_first_account()
    {
        Server.Provision("abc", One);
        BootstrapSession session = await BeginAsync();
        await AnswerAsync(session, m => m.Code == CoapCode.Get ? CoapCode.MethodNotAllowed : null);
        Assert.That(_seen.Select(m => m.Path), Does.Contain("/0/1"));
        Assert.That(await session.Ended, Is.EqualTo(BootstrapOutcome.Succeeded));
    }

    [Test]
    public async Task A_plan_of_ones_own_is_followed_to_the_byte()
    {
        Server.Provision("abc", new BootstrapPlan(
            BootstrapStep.Discover("/0"),
            BootstrapStep.Read("/1", ContentFormat.Tlv),
            BootstrapStep.Read("/2/0"),
            BootstrapStep.Delete("/1"),
            BootstrapStep.WriteRaw("/1", Convert.FromHexString("080003C10065"), ContentFormat.Tlv),
            BootstrapStep.Write("/0", [new ResourceRecord("/0/1/10", 1), new ResourceRecord("/0/2/10", 2)]),
            BootstrapStep.Write("/1/0/5", [new ResourceRecord("/1/0/5", 7)], ContentFormat.PlainText),
            BootstrapStep.Finish()));
        BootstrapSession session = await BeginAsync("ep=abc", "pct=112");
        await AnswerAsync(session);
        Assert.That(
            _seen.Select(m => $"{m.Code} {m.Path} {m.Accept} {m.ContentFormat} {Convert.ToHexString(m.Payload)}"),
            Is.EqualTo(new[]
            {
                "1 /0 40 -1 ",
                "1 /1 11542 -1 ",
                "1 /2/0 112 -1 ",
                "4 /1 -1 -1 ",
                "3 /1 -1 11542 080003C10065",
                "3 /0 -1 112 82" + "A321652F302F312F00623130" + "0201" + "A321652F302F322F00623130" + "0202",
                "3 /1/0/5 -1 0 37",
                "2 /bs -1 -1 ",
            }));
        Assert.That(session.Results.Select(r => r.Step.Operation).Distinct(), Is.EquivalentTo(Enum.GetValues<BootstrapOperation>()));
    }

    [Test]
    public async Task What_a_read_brings_is_decoded()
    {
        Server.Provision("abc", new BootstrapPlan(BootstrapStep.Read("/1/0"), BootstrapStep.Finish()));
        BootstrapSession session = await BeginAsync();
        Device.Respond(Device.Receive(), CoapCode.Content, ContentFormat.Tlv, Convert.FromHexString("C10065"));
        Device.Respond(Device.Receive(), CoapCode.Changed);
        await session.Ended.WaitAsync(Stop);
        Assert.That(session.Results[0].Answer!["/1/0/0"], Is.EqualTo(101L));
    }

    [TestCase("")]
    [TestCase("ep=")]
    [TestCase("ep=stranger")]
    [TestCase("ep=abc", "colour=blue")]
    public void A_request_that_is_not_for_it_gets_4_00(params string[] query)
    {
        Server.Provision("*", (BootstrapPlan?)null);
        Server.Provision("abc", One);
        RawMessage answer = Device.Ask(CoapCode.Post, "/bs", query.Where(q => q.Length > 0).ToArray());
        Assert.That(answer.Code, Is.EqualTo(CoapCode.BadRequest));
        Assert.That(answer.Text, Is.Not.Empty);
        Assert.That(Device.HasMessage, Is.False);
    }

    [TestCase("pct=60")]
    [TestCase("pct=11543")]
    [TestCase("pct=x")]
    [TestCase("pct")]
    public void A_format_that_no_bootstrap_has_gets_4_15(string parameter) =>
        Assert.That(Device.Ask(CoapCode.Post, "/bs", ["ep=abc", parameter]).Code, Is.EqualTo(CoapCode.UnsupportedContentFormat));

    [TestCase(CoapCode.Get, "/bs")]
    [TestCase(CoapCode.Post, "/bspack")]
    public void Another_method_gets_4_05(int code, string path) =>
        Assert.That(Device.Ask(code, path, ["ep=abc"]).Code, Is.EqualTo(CoapCode.MethodNotAllowed));

    [Test]
    public async Task A_refusal_ends_it_as_failed_and_nothing_more_is_sent()
    {
        Server.Provision("abc", One);
        BootstrapSession session = await BeginAsync();
        for (int i = 0; i < 3; i++)
            Device.Respond(Device.Receive(), CoapCode.Deleted);
        Device.Respond(Device.Receive(), CoapCode.Content, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes(Left));
        Device.Respond(Device.Receive(), CoapCode.BadRequest, payload: "no"u8.ToArray());
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Failed));
        Assert.That(session.Results[^1].ToString(), Is.EqualTo("PUT /0/1: 4.00 no"));
        Assert.That(Device.Ask(CoapCode.Get, "/").Code, Is.EqualTo(CoapCode.NotFound), "nothing was on the way");
    }

    [Test]
    public async Task A_client_that_falls_silent_ends_it_as_failed()
    {
        Server.Provision("abc", One);
        BootstrapSession session = await BeginAsync();
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Failed));
        Assert.That(session.Results[0].Failure, Is.EqualTo(CoapFailure.Timeout));
        Assert.That(session.Results[0].ToString(), Is.EqualTo("DELETE /0: Timeout"));
    }

    [Test]
    public async Task A_client_that_asks_anew_starts_from_the_beginning()
    {
        Server.Provision("abc", One);
        BootstrapSession first = await BeginAsync();
        RawMessage delete = Device.Receive();
        BootstrapSession second = await BeginAsync();
        Assert.That(await first.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Abandoned));
        RawMessage again = Device.Receive();
        Assert.That((again.Code, again.Path), Is.EqualTo((CoapCode.Delete, "/0")));
        Assert.That(again.MessageId, Is.Not.EqualTo(delete.MessageId));
        Device.Respond(again, CoapCode.Deleted);
        await AnswerAsync(second);
        Assert.That(await second.Ended, Is.EqualTo(BootstrapOutcome.Succeeded));
    }

    [Test]
    public async Task The_end_of_the_server_abandons_it()
    {
        BootstrapSession session = await BeginAsync();
        Device.Receive();
        await Server.DisposeAsync();
        Assert.That(await session.Ended.WaitAsync(Stop), Is.EqualTo(BootstrapOutcome.Abandoned));
    }

    [Test]
    public async Task It_tells_beginning_steps_and_end()
    {
        var told = new List<string>();
        Server.BootstrapBegun += (_, e) => told.Add("begun " + e.Session);
        Server.BootstrapStepped += (_, e) => told.Add("step " + e.Result);
        Server.BootstrapEnded += (_, e) => told.Add("ended " + e.Session.Ended.Result);
        Server.Provision("abc", new BootstrapPlan(BootstrapStep.Delete("/1"), BootstrapStep.Finish()));
        await AnswerAsync(await BeginAsync("ep=abc", "pct=112"));
        Assert.That(
            () => told.ToArray(),
            Is.EqualTo(new[] { $"begun abc at {Device.Address}, content format 112", "step DELETE /1: 2.02", "step POST /bs: 2.04", "ended Succeeded" }).After(5000, 10));
    }

    [Test]
    public async Task Faults_refuse_it()
    {
        Server.Faults.AnswerBootstrap(CoapCode.Unauthorized);
        Assert.That(Device.Ask(CoapCode.Post, "/bs", ["ep=abc"]).Code, Is.EqualTo(CoapCode.Unauthorized));
        BootstrapSession session = await BeginAsync();
        await AnswerAsync(session);
        Assert.That(await session.Ended, Is.EqualTo(BootstrapOutcome.Succeeded));
    }

    [Test]
    public async Task Faults_never_finish_it()
    {
        Server.Provision("abc", One);
        Server.Faults.NeverFinish();
        BootstrapSession session = await BeginAsync();
        await AnswerAsync(session);
        Assert.That(await session.Ended, Is.EqualTo(BootstrapOutcome.Unfinished));
        Assert.That(_seen[^1].Path, Is.EqualTo("/1/0"));
    }

    [Test]
    public async Task Faults_finish_it_too_early_and_repair_it()
    {
        Server.Provision("abc", One);
        Server.Faults.FinishEarly();
        BootstrapSession session = await BeginAsync();
        int finishes = 0;
        await AnswerAsync(session, m => m.Path == "/bs" && finishes++ == 0 ? CoapCode.NotAcceptable : null);
        Assert.That(await session.Ended, Is.EqualTo(BootstrapOutcome.Succeeded));
        Assert.That(
            session.Results.Select(r => $"{r.Request} {r.Answer!.CodeText}"),
            Is.EqualTo(new[] { "DELETE /0 2.02", "DELETE /1 2.02", "DELETE /2 2.02", "GET / 2.05", "POST /bs 4.06", "PUT /0/1 2.04", "PUT /1/0 2.04", "POST /bs 2.04" }));
    }

    [Test]
    public async Task Faults_lose_steps()
    {
        Server.Provision("abc", new BootstrapPlan(BootstrapStep.Delete("/1"), BootstrapStep.Delete("/2"), BootstrapStep.Delete("/4"), BootstrapStep.Finish()));
        Server.Faults.LoseSteps(2);
        BootstrapSession session = await BeginAsync();
        await AnswerAsync(session);
        Assert.That(_seen.Select(m => m.Path), Is.EqualTo(new[] { "/4", "/bs" }));
        Assert.That(session.Results.Select(r => r.IsLost), Is.EqualTo(new[] { true, true, false, false }));
        Assert.That(session.Results[0].ToString(), Is.EqualTo("DELETE /1: not sent"));
    }

    [TestCase(-1, 112)]
    [TestCase(110, 110)]
    [TestCase(112, 112)]
    [TestCase(11544, 11544)]
    public async Task A_pack_brings_all_at_once(int accept, int format)
    {
        Server.Provision("abc", BootstrapPlan.For([One], [new AccessRule(3, 0, 101, new Dictionary<int, int> { [0] = 1 })]));
        RawMessage answer = Device.Ask(CoapCode.Get, "/bspack", ["ep=abc", "acc=</0/0>,</21/0>"], accept: accept);
        Assert.That((answer.Code, answer.ContentFormat), Is.EqualTo((CoapCode.Content, format)));
        Assert.That(
            PathsIn(answer),
            Is.EqualTo(new[]
            {
                "/0/1/0", "/0/1/1", "/0/1/2", "/0/1/10", "/1/0/0", "/1/0/1", "/1/0/6", "/1/0/7", "/2/0/0", "/2/0/1", "/2/0/2/0", "/2/0/3",
            }));
        if (format == ContentFormat.SenmlJson)
        {
            Assert.That(answer.Text, Is.EqualTo(
                """[{"bn":"/0/1/","n":"0","vs":"coap://a"},{"n":"1","vb":false},{"n":"2","v":3},{"n":"10","v":101},"""
                + """{"bn":"/1/0/","n":"0","v":101},{"n":"1","v":300},{"n":"6","vb":true},{"n":"7","vs":"U"},"""
                + """{"bn":"/2/0/","n":"0","v":3},{"n":"1","v":0},{"n":"2/0","v":1},{"n":"3","v":101}]"""));
        }
        BootstrapSession session = await Server.NextBootstrapAsync(Stop);
        Assert.That(session.IsPack, Is.True);
        Assert.That(await session.Ended, Is.EqualTo(BootstrapOutcome.Succeeded));
    }

    [Test]
    public void A_pack_spares_the_accounts_that_the_client_names()
    {
        Server.Provision("abc", One, Two);
        RawMessage answer = Device.Ask(CoapCode.Get, "/bspack", ["ep=abc", "acc=</0/1>"], accept: 110);
        Assert.That(answer.Text, Does.Contain("/0/0/").And.Contain("/0/2/").And.Not.Contain("/0/1/"));
    }

    [Test]
    public void A_pack_that_cannot_be_given_is_refused_with_the_reason()
    {
        Assert.That(Device.Ask(CoapCode.Get, "/bspack", ["ep=abc"], accept: 11542).Code, Is.EqualTo(CoapCode.NotAcceptable));
        Server.Provision("raw", new BootstrapPlan(BootstrapStep.WriteRaw("/1/0", [0xc1, 0, 1], ContentFormat.Tlv), BootstrapStep.Finish()) { OffersPack = true });
        Assert.That(Device.Ask(CoapCode.Get, "/bspack", ["ep=raw"]).Code, Is.EqualTo(CoapCode.NotImplemented));
        Server.Provision("steps", new BootstrapPlan(BootstrapStep.Delete("/1"), BootstrapStep.Finish()));
        Assert.That(Device.Ask(CoapCode.Get, "/bspack", ["ep=steps"]).Code, Is.EqualTo(CoapCode.NotImplemented));
        Server.Faults.LoseSteps();
        Assert.That(Device.Ask(CoapCode.Get, "/bspack", ["ep=abc"]).Code, Is.EqualTo(CoapCode.NotImplemented), "steps can be lost, a pack cannot");
        Server.Faults.LoseSteps(0);
        Server.Faults.AnswerPack(CoapCode.MethodNotAllowed);
        Assert.That(Device.Ask(CoapCode.Get, "/bspack", ["ep=abc"]).Code, Is.EqualTo(CoapCode.MethodNotAllowed));
        Server.Provision("*", (BootstrapPlan?)null);
        Assert.That(Device.Ask(CoapCode.Get, "/bspack", ["ep=abc"]).Code, Is.EqualTo(CoapCode.BadRequest));
    }

    [TestCase("</1/0>,</3/0>", "/1/0/9")]
    [TestCase("</1/7>,</3/0>", "/1/7/9")]
    public async Task The_trigger_executes_resource_9_of_the_clients_server_object(string links, string path)
    {
        Registration registration = await RegisteredAsync(links);
        Task<Answer> trigger = registration.TriggerBootstrapAsync(stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That((request.Code, request.Path, request.Payload.Length), Is.EqualTo((CoapCode.Post, path, 0)));
        Device.Respond(request, CoapCode.Changed);
        Assert.That((await trigger).CodeText, Is.EqualTo("2.04"));
    }

    private static List<string> PathsIn(RawMessage message)
    {
        PayloadReader reader = new PayloadFormats(new FormatLimits()).Reader(message.ContentFormat)!;
        reader.Begin(message.Payload, 0, message.Payload.Length, -1, -1, -1, -1);
        var paths = new List<string>();
        FormatStatus status;
        while ((status = reader.Next()) == FormatStatus.Ok)
            paths.Add(new Lwm2mPath(reader.ObjectId, reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId).ToString());
        Assert.That(status, Is.EqualTo(FormatStatus.End));
        return paths;
    }

    private async Task<BootstrapSession> BeginAsync(params string[] query)
    {
        Device.SendBytes(Device.Request(CoapCode.Post, "/bs", query.Length == 0 ? ["ep=abc"] : query));
        RawMessage answer;
        do
        {
            answer = Device.Receive();
        }
        while (answer.Type != CoapType.Acknowledgement);
        Assert.That(answer.Code, Is.EqualTo(CoapCode.Changed));
        return await Server.NextBootstrapAsync(Stop);
    }

    /// <summary>Answers what the server asks until it ends: well, or with the code that is told.</summary>
    private async Task AnswerAsync(BootstrapSession session, Func<RawMessage, int?>? answer = null, string left = Left)
    {
        while (true)
        {
            while (!Device.HasMessage)
            {
                if (session.Ended.IsCompleted)
                    return;
                await Task.Delay(1, Stop);
            }
            RawMessage request = Device.Receive();
            _seen.Add(request);
            if (answer?.Invoke(request) is { } code)
                Device.Respond(request, code);
            else if (request.Code == CoapCode.Get)
                Device.Respond(request, CoapCode.Content, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes(left));
            else
                Device.Respond(request, request.Code == CoapCode.Delete ? CoapCode.Deleted : CoapCode.Changed);
        }
    }
}
