using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Text;
using System.Threading.Channels;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class SendTests : ServerFixture
{
    private const string Objects = "</1/0>,</3/0>,</3303/0>";
    private const string History = "[{\"bn\":\"/3303/0/\",\"bt\":1600000000,\"n\":\"5700\",\"v\":20.5,\"t\":-10},{\"n\":\"5700\",\"v\":21},{\"n\":\"5701\",\"vs\":\"Cel\"}]";

    [Test]
    public async Task Time_stamped_records_are_told()
    {
        Registration registration = await RegisteredAsync(Objects);
        var told = new BlockingCollection<SendEventArgs>();
        Server.DataSent += (_, e) => told.Add(e);
        Assert.That(Device.Ask(CoapCode.Post, "/dp", null, 110, History).Code, Is.EqualTo(CoapCode.Changed));
        SentData data = await registration.NextSendAsync(Stop);
        Assert.That(data.ContentFormat, Is.EqualTo(110));
        Assert.That(Encoding.UTF8.GetString(data.Payload), Is.EqualTo(History));
        Assert.That(
            string.Join("; ", data.Records),
            Is.EqualTo("/3303/0/5700 = 20.5 at 2020-09-13T12:26:30Z; /3303/0/5700 = 21 at 2020-09-13T12:26:40Z; /3303/0/5701 = \"Cel\" at 2020-09-13T12:26:40Z"));
        Assert.That(data.Records[0].Time, Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1599999990)));
        Assert.That(told.TryTake(out SendEventArgs? e, 5000), Is.True);
        Assert.That(e!.Registration, Is.SameAs(registration));
        Assert.That(e.Data, Is.SameAs(data));
    }

    [Test]
    public async Task A_time_relative_to_now_is_resolved_and_none_stays_none()
    {
        Registration registration = await RegisteredAsync(Objects);
        Device.Ask(CoapCode.Post, "/dp", null, 110, "[{\"n\":\"/3303/0/5700\",\"v\":20.5,\"t\":-3600},{\"n\":\"/3/0/9\",\"v\":1}]");
        SentData data = await registration.NextSendAsync(Stop);
        Assert.That(data.Records[0].Time, Is.EqualTo(DateTimeOffset.UtcNow.AddHours(-1)).Within(TimeSpan.FromMinutes(5)));
        Assert.That(data.Records[1].Time, Is.Null);
    }

    [TestCase(112, "81A2006C2F333330332F302F353730300200")]
    [TestCase(11544, "A18319" + "0CE7" + "00" + "191644" + "00")]
    public async Task Binary_formats_are_taken(int format, string body)
    {
        Registration registration = await RegisteredVersionAsync("1.2");
        Assert.That(Device.Ask(CoapCode.Post, "/dp", format, Convert.FromHexString(body)).Code, Is.EqualTo(CoapCode.Changed));
        Assert.That((await registration.NextSendAsync(Stop)).Records.Single().ToString(), Is.EqualTo("/3303/0/5700 = 0"));
    }

    [TestCase("1.2", 0, "21.5", CoapCode.UnsupportedContentFormat)]
    [TestCase("1.2", 320, History, CoapCode.UnsupportedContentFormat)]
    [TestCase("1.2", -1, History, CoapCode.UnsupportedContentFormat)]
    [TestCase("1.1", 11544, "x", CoapCode.UnsupportedContentFormat, Description = "LwM2M CBOR came with 1.2")]
    [TestCase("1.0", 110, History, CoapCode.NotFound, Description = "Send came with 1.1")]
    [TestCase("1.1", 110, "[{\"n\":\"/9/0/0\",\"vs\":\"x\"}]", CoapCode.NotFound)]
    [TestCase("1.1", 110, "[{\"n\":\"/3303/1/5700\",\"v\":1}]", CoapCode.NotFound)]
    [TestCase("1.1", 110, "[{\"n\":\"/3303/0/5700\",\"v\":1},{\"n\":\"/0/0/0\",\"vs\":\"x\"}]", CoapCode.NotFound)]
    [TestCase("1.1", 110, "[{\"n\":\"/3303/0/5700\"}]", CoapCode.BadRequest, Description = "no value")]
    [TestCase("1.1", 110, "[]", CoapCode.BadRequest)]
    [TestCase("1.1", 110, "[", CoapCode.BadRequest)]
    [TestCase("1.1", 110, "", CoapCode.BadRequest)]
    public async Task What_breaks_a_rule_is_refused_and_not_told(string version, int format, string body, int code)
    {
        Registration registration = await RegisteredVersionAsync(version);
        RawMessage answer = Device.Ask(CoapCode.Post, "/dp", null, format, body);
        Assert.That(answer.Code, Is.EqualTo(code));
        Assert.That(answer.Text, Is.Not.Empty);
        Device.Ask(CoapCode.Delete, registration.Location);
        Assert.That(async () => await registration.NextSendAsync(Stop), Throws.InstanceOf<ChannelClosedException>());
    }

    [Test]
    public void Who_is_not_registered_gets_4_04() =>
        Assert.That(Device.Ask(CoapCode.Post, "/dp", null, 110, History).Code, Is.EqualTo(CoapCode.NotFound));

    [Test]
    public async Task Another_method_gets_4_05()
    {
        await RegisteredAsync(Objects);
        Assert.That(Device.Ask(CoapCode.Get, "/dp").Code, Is.EqualTo(CoapCode.MethodNotAllowed));
    }

    [Test]
    public async Task Faults_refuse_it()
    {
        await RegisteredAsync(Objects);
        Server.Faults.AnswerSend(CoapCode.ServiceUnavailable);
        Assert.That(Device.Ask(CoapCode.Post, "/dp", null, 110, History).Code, Is.EqualTo(CoapCode.ServiceUnavailable));
        Assert.That(Device.Ask(CoapCode.Post, "/dp", null, 110, History).Code, Is.EqualTo(CoapCode.Changed));
    }

    private Task<Registration> RegisteredVersionAsync(string version)
    {
        Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300", "lwm2m=" + version], ContentFormat.LinkFormat, Objects);
        return Server.WaitForRegistrationAsync("abc", Stop);
    }
}
