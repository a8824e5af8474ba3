using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class CompositeTests : ServerFixture
{
    private const string Two = "[{\"bn\":\"/3/0/\",\"n\":\"0\",\"vs\":\"AB\"},{\"bn\":\"/3303/0/\",\"n\":\"5700\",\"v\":21.5}]";
    private static readonly Lwm2mPath[] Paths = ["/3/0/0", "/3303/0"];

    // {0: "/3/0/0"}, {0: "/3303/0"}
    private const string ListInCbor = "82" + "A10066" + "2F332F302F30" + "A10067" + "2F333330332F30";
    private const string ListInJson = "[{\"n\":\"/3/0/0\"},{\"n\":\"/3303/0\"}]";

    [TestCase(null, null, 112, 112)]
    [TestCase(110, null, 110, 110)]
    [TestCase(112, 11544, 112, 11544)]
    [TestCase(320, null, 320, 110)]
    [TestCase(322, null, 322, 112)]
    [TestCase(322, -1, 322, -1)]
    public async Task Read_composite_fetches_the_root_with_a_list_of_paths(int? format, int? accept, int contentFormat, int acceptSent)
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadCompositeAsync(Paths, format, accept, Stop);
        RawMessage request = Device.Receive();
        Assert.That((request.Type, request.Code, request.Path, request.Observe), Is.EqualTo((CoapType.Confirmable, CoapCode.Fetch, "", -1)));
        Assert.That((request.ContentFormat, request.Accept), Is.EqualTo((contentFormat, acceptSent)));
        if (contentFormat is 110 or 320)
            Assert.That(request.Text, Is.EqualTo(ListInJson));
        else
            Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo(ListInCbor));
        Device.Respond(request, CoapCode.Content, ContentFormat.SenmlJson, Encoding.UTF8.GetBytes(Two));
        Answer answer = await read;
        Assert.That(answer.ToString(), Is.EqualTo("2.05 /3/0/0 = \"AB\", /3303/0/5700 = 21.5"));
        Assert.That(answer["/3303/0/5700"], Is.EqualTo(21.5));
    }

    [TestCase(110, "5B5D")]
    [TestCase(112, "80")]
    public async Task An_answer_with_nothing_in_it_is_no_error(int format, string body)
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadCompositeAsync(["/"], 110, stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Text, Is.EqualTo("[{\"n\":\"/\"}]"));
        Device.Respond(request, CoapCode.Content, format, Convert.FromHexString(body));
        Answer answer = await read;
        Assert.That(answer.Records, Is.Empty);
        Assert.That(answer.DecodeStatus, Is.EqualTo(FormatStatus.End));
    }

    [Test]
    public async Task An_answer_in_lwm2m_cbor_is_decoded()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadCompositeAsync(["/3/0", "/1/0/1"], accept: ContentFormat.Lwm2mCbor, stop: Stop);
        Device.Respond(
            Device.Receive(), CoapCode.Content, ContentFormat.Lwm2mCbor, Convert.FromHexString("A2" + "820300" + "A2" + "00624142" + "091864" + "83010001" + "1A00015180"));
        Assert.That((await read).ToString(), Is.EqualTo("2.05 /3/0/0 = \"AB\", /3/0/9 = 100, /1/0/1 = 86400"));
    }

    [TestCase(null, 112, "82" + "A3" + "21" + "652F312F302F" + "00" + "6131" + "02" + "1865" + "A3" + "21" + "652F332F302F" + "00" + "623135" + "03" + "6155")]
    [TestCase(322, 322, "82" + "A3" + "21" + "652F312F302F" + "00" + "6131" + "02" + "1865" + "A3" + "21" + "652F332F302F" + "00" + "623135" + "03" + "6155")]
    [TestCase(11544, 11544, null)]
    [TestCase(110, 110, null)]
    [TestCase(320, 320, null)]
    public async Task Write_composite_patches_the_root_with_values(int? format, int contentFormat, string? body)
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> write = registration.WriteCompositeAsync([new ResourceRecord("/1/0/1", 101), new ResourceRecord("/3/0/15", "U")], format, Stop);
        RawMessage request = Device.Receive();
        Assert.That((request.Code, request.Path, request.ContentFormat), Is.EqualTo((CoapCode.IPatch, "", contentFormat)));
        if (body != null)
            Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo(body));
        else if (contentFormat == ContentFormat.Lwm2mCbor)
            Assert.That(Values(request), Is.EqualTo(new[] { "/1/0/1", "/3/0/15" }));
        else
            Assert.That(request.Text, Is.EqualTo("[{\"bn\":\"/1/0/\",\"n\":\"1\",\"v\":101},{\"bn\":\"/3/0/\",\"n\":\"15\",\"vs\":\"U\"}]"));
        Device.Respond(request, CoapCode.Changed);
        Assert.That((await write).CodeText, Is.EqualTo("2.04"));
    }

    [TestCase(null, "82" + "A3" + "21" + "662F31362F302F" + "00" + "63302F31" + "03" + "6141" + "A2" + "00" + "63302F32" + "02" + "F6")]
    [TestCase(320, null)]
    public async Task A_value_of_null_removes_a_resource_instance(int? format, string? body)
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> write = registration.WriteCompositeAsync([new ResourceRecord("/16/0/0/1", "A"), new ResourceRecord("/16/0/0/2", null)], format, Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.ContentFormat, Is.EqualTo(format ?? ContentFormat.SenmlEtchCbor));
        if (body != null)
            Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo(body));
        else
            Assert.That(request.Text, Is.EqualTo("[{\"bn\":\"/16/0/\",\"n\":\"0/1\",\"vs\":\"A\"},{\"n\":\"0/2\",\"v\":null}]"));
        Device.Respond(request, CoapCode.NotFound);
        Assert.That((await write).CodeText, Is.EqualTo("4.04"));
    }

    [Test]
    public async Task Observe_composite_is_notified_and_cancelled_by_the_same_list()
    {
        Registration registration = await RegisteredAsync();
        var seen = new List<string>();
        Task<Observation> observing = registration.ObserveCompositeAsync(Paths, n => seen.Add(n.ToString()), 110, attributes: ["pmin=1", "con=1"], stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That((request.Code, request.Path, request.Observe), Is.EqualTo((CoapCode.Fetch, "", 0)));
        Assert.That(request.Query, Is.EqualTo(new[] { "pmin=1", "con=1" }));
        Assert.That(request.Text, Is.EqualTo(ListInJson));
        Device.Respond(request, CoapCode.Content, 110, Encoding.UTF8.GetBytes(Two), observe: 1);
        Observation observation = await observing;
        Assert.That(observation.IsActive, Is.True);
        Assert.That(observation.Paths, Is.EqualTo(Paths));
        Assert.That(observation.Answer["/3/0/0"], Is.EqualTo("AB"));

        Device.Send(CoapType.NonConfirmable, CoapCode.Content, 1, request.Token, 110, Encoding.UTF8.GetBytes(Two.Replace("21.5", "22", StringComparison.Ordinal)), 2);
        Answer notification = await observation.NextAsync(Stop);
        Assert.That(notification.ToString(), Is.EqualTo("2.05 /3/0/0 = \"AB\", /3303/0/5700 = 22"));
        Assert.That(() => seen.ToArray(), Is.EqualTo(new[] { notification.ToString() }).After(5000, 10));

        Task<Answer> cancelling = observation.CancelAsync(Stop);
        RawMessage cancel = Device.Receive();
        Assert.That((cancel.Code, cancel.Path, cancel.Observe, cancel.ContentFormat), Is.EqualTo((CoapCode.Fetch, "", 1, 110)));
        Assert.That(cancel.Token, Is.EqualTo(request.Token));
        Assert.That(cancel.Payload, Is.EqualTo(request.Payload));
        Assert.That(cancel.Query, Is.EqualTo(request.Query));
        Device.Respond(cancel, CoapCode.Content, 110, Encoding.UTF8.GetBytes(Two));
        Assert.That((await cancelling)["/3303/0/5700"], Is.EqualTo(21.5));
        Assert.That(observation.IsActive, Is.False);
    }

    [Test]
    public async Task A_large_notification_is_fetched_with_the_list()
    {
        Registration registration = await RegisteredAsync();
        Task<Observation> observing = registration.ObserveCompositeAsync(Paths, format: 110, stop: Stop);
        RawMessage request = Device.Receive();
        Device.Respond(request, CoapCode.Content, 110, Encoding.UTF8.GetBytes(Two), observe: 1);
        Observation observation = await observing;
        // Block2: number 0, more follow, 16 bytes each.
        Device.Send(CoapType.NonConfirmable, CoapCode.Content, 1, request.Token, 110, Encoding.UTF8.GetBytes(Two[..16]), 2, block2: 8);
        RawMessage fetch = Device.Receive();
        Assert.That((fetch.Code, fetch.Observe, fetch.Text), Is.EqualTo((CoapCode.Fetch, -1, ListInJson)));
        Assert.That(fetch.Token, Is.Not.EqualTo(request.Token));
        Device.Respond(fetch, CoapCode.Content, 110, Encoding.UTF8.GetBytes(Two));
        Answer notification = await observation.NextAsync(Stop);
        Assert.That((notification["/3303/0/5700"], notification.Observe), Is.EqualTo(((object)21.5, 2)));
    }

    [TestCase(CoapCode.MethodNotAllowed)]
    [TestCase(CoapCode.Unauthorized)]
    public async Task A_refused_observation_is_not_active(int code)
    {
        Registration registration = await RegisteredAsync();
        Task<Observation> observing = registration.ObserveCompositeAsync(Paths, stop: Stop);
        Device.Respond(Device.Receive(), code);
        Observation observation = await observing;
        Assert.That(observation.IsActive, Is.False);
        Assert.That(observation.Answer.Code, Is.EqualTo(code));
    }

    [Test]
    public async Task A_format_that_has_no_lists_throws()
    {
        Registration registration = await RegisteredAsync();
        Assert.That(() => registration.ReadCompositeAsync(Paths, ContentFormat.Tlv), Throws.ArgumentException);
        Assert.That(() => registration.ReadCompositeAsync(Paths, ContentFormat.Lwm2mCbor), Throws.ArgumentException);
        Assert.That(() => registration.ReadCompositeAsync(Paths, 9), Throws.ArgumentException);
        Assert.That(() => registration.WriteCompositeAsync([new ResourceRecord("/1/0/1", 1)], ContentFormat.Tlv), Throws.ArgumentException);
    }

    private static IEnumerable<string> Values(RawMessage message)
    {
        PayloadReader reader = new PayloadFormats(new FormatLimits()).Reader(message.ContentFormat)!;
        reader.Begin(message.Payload, 0, message.Payload.Length, -1, -1, -1, -1);
        var paths = new List<string>();
        while (reader.Next() == FormatStatus.Ok)
            paths.Add(new Lwm2mPath(reader.ObjectId, reader.InstanceId, reader.ResourceId, reader.ResourceInstanceId).ToString());
        return paths;
    }
}
