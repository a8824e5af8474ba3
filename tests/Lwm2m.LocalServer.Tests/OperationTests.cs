using System;
using System.Collections.Generic;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class OperationTests : ServerFixture
{
    private const int Tlv = ContentFormat.Tlv;

    [Test]
    public async Task Read_asks_for_a_path_and_decodes_the_answer()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/9", ContentFormat.PlainText, Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Type, Is.EqualTo(CoapType.Confirmable));
        Assert.That(request.Code, Is.EqualTo(CoapCode.Get));
        Assert.That(request.Path, Is.EqualTo("/3/0/9"));
        Assert.That(request.Accept, Is.EqualTo(0));
        Assert.That(request.Token, Has.Length.EqualTo(4));
        Device.Respond(request, CoapCode.Content, 0, "100"u8.ToArray());
        Answer answer = await read;
        Assert.That(answer.CodeText, Is.EqualTo("2.05"));
        Assert.That(answer.IsSuccess, Is.True);
        Assert.That(answer.Value, Is.EqualTo(100L));
        Assert.That(answer.Payload, Is.EqualTo("100"u8.ToArray()));
        Assert.That(answer.ToString(), Is.EqualTo("2.05 /3/0/9 = 100"));
    }

    [Test]
    public async Task An_instance_in_tlv_is_decoded_by_known_types()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0", stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Accept, Is.EqualTo(-1));
        // Manufacturer "AB", battery level 100, power sources {0: 1, 1: 5}, current time 1367491215, an unknown resource 26243.
        Device.Respond(request, CoapCode.Content, Tlv, Convert.FromHexString("C2004142" + "C10964" + "8606410001410105" + "C40D5182428F" + "E26683" + "0102"));
        Answer answer = await read;
        Assert.That(answer["/3/0/0"], Is.EqualTo("AB"));
        Assert.That(answer["/3/0/9"], Is.EqualTo(100L));
        Assert.That(answer["/3/0/6/1"], Is.EqualTo(5L));
        Assert.That(answer["/3/0/13"], Is.EqualTo(DateTimeOffset.FromUnixTimeSeconds(1367491215)));
        Assert.That(answer["/3/0/26243"], Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(answer["/3/0/1"], Is.Null);
        Assert.That(answer.DecodeStatus, Is.EqualTo(FormatStatus.End));
    }

    [Test]
    public async Task An_error_brings_its_code_and_text()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/99", stop: Stop);
        Device.Respond(Device.Receive(), CoapCode.NotFound, -1, "no such object"u8.ToArray());
        Answer answer = await read;
        Assert.That(answer.IsSuccess, Is.False);
        Assert.That(answer.Diagnostic, Is.EqualTo("no such object"));
        Assert.That(answer.ToString(), Is.EqualTo("4.04 no such object"));
        Assert.That(answer.Records, Is.Empty);
    }

    [Test]
    public async Task A_body_that_cannot_be_decoded_is_kept_raw()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0", stop: Stop);
        Device.Respond(Device.Receive(), CoapCode.Content, Tlv, [0xc8]);
        Answer answer = await read;
        Assert.That(answer.DecodeStatus, Is.EqualTo(FormatStatus.Malformed));
        Assert.That(answer.Payload, Is.EqualTo(new byte[] { 0xc8 }));
    }

    [Test]
    public async Task A_body_in_blocks_comes_whole()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        Device.Respond(Device.Receive(), CoapCode.Content, 0, new byte[16].With('a'), block2: BlockOption.Encode(0, true, 0));
        RawMessage next = Device.Receive();
        Assert.That(BlockOption.Num(next.Block2), Is.EqualTo(1));
        Device.Respond(next, CoapCode.Content, 0, new byte[5].With('b'), block2: BlockOption.Encode(1, false, 0));
        Assert.That((await read).Value, Is.EqualTo(new string('a', 16) + "bbbbb"));
    }

    public static IEnumerable<TestCaseData> Values()
    {
        yield return new TestCaseData("/3311/0/5851", 50, "50", 0).SetArgDisplayNames("Integer");
        yield return new TestCaseData("/3311/0/5850", true, "1", 0).SetArgDisplayNames("Boolean");
        yield return new TestCaseData("/3303/0/5601", 21, "21", 0).SetArgDisplayNames("Integer for Float");
        yield return new TestCaseData("/3303/0/5601", 21.5f, "21.5", 0).SetArgDisplayNames("Float");
        yield return new TestCaseData("/3/0/15", "Europe/Vienna", "Europe/Vienna", 0).SetArgDisplayNames("String");
        yield return new TestCaseData("/3/0/13", DateTimeOffset.FromUnixTimeSeconds(1367491215), "1367491215", 0).SetArgDisplayNames("Time");
        yield return new TestCaseData("/3442/0/170", new ObjectLink(3, 0), "3:0", 0).SetArgDisplayNames("Objlnk");
        yield return new TestCaseData("/16/0/0/3", "x", "x", 0).SetArgDisplayNames("resource instance");
        yield return new TestCaseData("/5/0/0", "AB"u8.ToArray(), "AB", 42).SetArgDisplayNames("Opaque");
    }

    [TestCaseSource(nameof(Values))]
    public async Task Write_of_one_value_goes_as_text(string path, object value, string text, int format)
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> write = registration.WriteAsync(path, value, stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(CoapCode.Put));
        Assert.That(request.Path, Is.EqualTo(path));
        Assert.That(request.ContentFormat, Is.EqualTo(format));
        Assert.That(request.Text, Is.EqualTo(text));
        Device.Respond(request, CoapCode.Changed);
        Assert.That((await write).CodeText, Is.EqualTo("2.04"));
    }

    [TestCase(false, CoapCode.Put)]
    [TestCase(true, CoapCode.Post)]
    public async Task Write_of_an_instance_replaces_or_merges(bool partial, int code)
    {
        Registration registration = await RegisteredAsync();
        ResourceRecord[] values = [new("/3311/0/5851", 17), new("/3311/0/5850", true)];
        Task<Answer> write = registration.WriteAsync("/3311/0", values, partial, Tlv, Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(code));
        Assert.That(request.ContentFormat, Is.EqualTo(Tlv));
        Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo("E116DA01" + "E116DB11"), "in ascending order");
        Device.Respond(request, CoapCode.Changed);
        await write;
    }

    [Test]
    public async Task Write_of_a_multiple_resource_carries_its_instances()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> write = registration.WriteAsync("/16/0/0", [new("/16/0/0/1", "b"), new("/16/0/0/0", "a")], false, Tlv, Stop);
        RawMessage request = Device.Receive();
        Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo("8600" + "410061" + "410162"));
        Device.Respond(request, CoapCode.Changed);
        await write;
    }

    [TestCase("1.0", Tlv)]
    [TestCase("1.1", ContentFormat.SenmlCbor)]
    public async Task The_default_format_of_an_instance_follows_the_version(string version, int format)
    {
        Device.Ask(CoapCode.Post, "/rd", ["ep=abc", "lt=300", "lwm2m=" + version], ContentFormat.LinkFormat, "</1/0>");
        Registration registration = await Server.WaitForRegistrationAsync("abc", Stop);
        Task<Answer> write = registration.WriteAsync("/3311/0", [new("/3311/0/5851", 17)], true, stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.ContentFormat, Is.EqualTo(format));
        Device.Respond(request, CoapCode.Changed);
        await write;
    }

    [Test]
    public async Task A_value_that_a_format_cannot_say_throws()
    {
        Registration registration = await RegisteredAsync();
        Assert.That(() => registration.WriteAsync("/3311/0", [new("/3311/0/5851", 17)], true, ContentFormat.PlainText), Throws.ArgumentException);
        Assert.That(() => registration.WriteAsync("/3311/0/5851", new object()), Throws.ArgumentException);
        Assert.That(() => registration.WriteAsync("/3311/0/5851", 1, 9999), Throws.ArgumentException);
        Assert.That(() => registration.WriteRawAsync("/5/0/0", new byte[100_000], 42), Throws.ArgumentException);
    }

    [Test]
    public async Task Write_attributes_has_a_query_and_no_body()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> write = registration.WriteAttributesAsync("/3303/0/5700", "pmin=10", "gt=20.5", "lt");
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(CoapCode.Put));
        Assert.That(request.Query, Is.EqualTo(new[] { "pmin=10", "gt=20.5", "lt" }));
        Assert.That(request.ContentFormat, Is.EqualTo(-1));
        Assert.That(request.Payload, Is.Empty);
        Device.Respond(request, CoapCode.Changed);
        await write;
    }

    [TestCase(null, -1, "")]
    [TestCase("0='U',1", 0, "0='U',1")]
    public async Task Execute_carries_its_arguments(string? arguments, int format, string body)
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> execute = registration.ExecuteAsync("/3/0/4", arguments, Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(CoapCode.Post));
        Assert.That(request.Path, Is.EqualTo("/3/0/4"));
        Assert.That(request.ContentFormat, Is.EqualTo(format));
        Assert.That(request.Text, Is.EqualTo(body));
        Device.Respond(request, CoapCode.Changed);
        await execute;
    }

    [Test]
    public async Task Create_leaves_the_id_to_the_client_or_names_it()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> create = registration.CreateAsync(3311, null, new Dictionary<int, object> { [5851] = 17 }, stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(CoapCode.Post));
        Assert.That(request.Path, Is.EqualTo("/3311"));
        Assert.That(request.ContentFormat, Is.EqualTo(Tlv));
        Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo("E116DB11"));
        Device.Respond(request, CoapCode.Created, location: "/3311/2");
        Assert.That((await create).Location, Is.EqualTo("/3311/2"));

        create = registration.CreateAsync(3311, 4, new Dictionary<int, object> { [5851] = 17 }, Tlv, Stop);
        request = Device.Receive();
        Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo("0404" + "E116DB11"));
        Device.Respond(request, CoapCode.Created);
        await create;

        create = registration.CreateAsync(3311, 4, stop: Stop);
        request = Device.Receive();
        Assert.That(Convert.ToHexString(request.Payload), Is.EqualTo("0004"));
        Device.Respond(request, CoapCode.Created);
        await create;

        create = registration.CreateAsync(3311, stop: Stop);
        request = Device.Receive();
        Assert.That(request.Payload, Is.Empty);
        Device.Respond(request, CoapCode.Created);
        await create;
    }

    [Test]
    public async Task Delete_and_discover_go_out_as_they_should()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> delete = registration.DeleteAsync("/16/0", Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(CoapCode.Delete));
        Assert.That(request.Path, Is.EqualTo("/16/0"));
        Device.Respond(request, CoapCode.Deleted);
        Assert.That((await delete).CodeText, Is.EqualTo("2.02"));

        Task<Answer> discover = registration.DiscoverAsync("/3/0", 3, Stop);
        request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(CoapCode.Get));
        Assert.That(request.Accept, Is.EqualTo(40));
        Assert.That(request.Query, Is.EqualTo(new[] { "depth=3" }));
        Device.Respond(request, CoapCode.Content, 40, "</3/0>;pmin=10,</3/0/7>;dim=2"u8.ToArray());
        Answer answer = await discover;
        Assert.That(answer.Links, Has.Count.EqualTo(2));
        Assert.That(answer.Links[0]["pmin"], Is.EqualTo("10"));
        Assert.That(answer.Links[1].Path, Is.EqualTo((Lwm2mPath)"/3/0/7"));
        Assert.That(answer.ToString(), Is.EqualTo("2.05 </3/0>;pmin=10,</3/0/7>;dim=2"));
    }

    [Test]
    public async Task An_alternate_path_comes_before_every_path()
    {
        Registration registration = await RegisteredAsync("</lwm2m>;rt=\"oma.lwm2m\",</lwm2m/1/0>,</lwm2m/3/0>");
        Assert.That(registration.AlternatePath, Is.EqualTo("/lwm2m"));
        Assert.That(registration.Links[1].Path, Is.EqualTo((Lwm2mPath)"/1/0"));
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Path, Is.EqualTo("/lwm2m/3/0/0"));
        Device.Respond(request, CoapCode.Content, 0, "x"u8.ToArray());
        await read;
    }

    [Test]
    public async Task Only_one_request_is_out_at_a_time()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer>[] reads = [registration.ReadAsync("/3/0/0"), registration.ReadAsync("/3/0/1"), registration.ReadAsync("/3/0/2")];
        for (int i = 0; i < reads.Length; i++)
        {
            RawMessage request = Device.Receive();
            Assert.That(request.Path, Is.EqualTo("/3/0/" + i));
            await Task.Delay(20);
            Assert.That(Device.HasMessage, Is.False, "the next one waits");
            Device.Respond(request, CoapCode.Content, 0, Encoding.UTF8.GetBytes("v" + i));
            Assert.That((await reads[i]).Value, Is.EqualTo("v" + i));
        }
    }

    [Test]
    public async Task A_separate_response_is_acknowledged()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        RawMessage request = Device.Receive();
        Device.SendBytes([0x60, 0, (byte)(request.MessageId >> 8), (byte)request.MessageId]);
        Device.Send(CoapType.Confirmable, CoapCode.Content, 4711, request.Token, 0, "late"u8.ToArray());
        RawMessage ack = Device.Receive();
        Assert.That(ack.Type, Is.EqualTo(CoapType.Acknowledgement));
        Assert.That(ack.MessageId, Is.EqualTo(4711));
        Assert.That((await read).Value, Is.EqualTo("late"));
    }

    [Test]
    public async Task Giving_up_frees_the_way_for_the_next_request()
    {
        Registration registration = await RegisteredAsync();
        using var impatient = new CancellationTokenSource();
        Task<Answer> first = registration.ReadAsync("/3/0/0", stop: impatient.Token);
        Task<Answer> waiting = registration.ReadAsync("/3/0/1", stop: impatient.Token);
        Task<Answer> last = registration.ReadAsync("/3/0/2", stop: Stop);
        Device.Receive();
        await impatient.CancelAsync();
        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await waiting, Throws.InstanceOf<OperationCanceledException>());
        RawMessage request = Device.Receive();
        Assert.That(request.Path, Is.EqualTo("/3/0/2"));
        Device.Respond(request, CoapCode.Content, 0, "x"u8.ToArray());
        await last;
    }

    [Test]
    public async Task A_reset_fails_the_operation()
    {
        Registration registration = await RegisteredAsync();
        Task<Answer> read = registration.ReadAsync("/3/0/0", stop: Stop);
        RawMessage request = Device.Receive();
        Device.SendBytes([0x70, 0, (byte)(request.MessageId >> 8), (byte)request.MessageId]);
        Assert.That(async () => await read, Throws.InstanceOf<ExchangeFailedException>().With.Property("Reason").EqualTo(CoapFailure.Reset));
    }

    [Test]
    public async Task A_client_that_left_cannot_be_operated()
    {
        Registration registration = await RegisteredAsync();
        Device.Ask(CoapCode.Delete, registration.Location);
        Assert.That(
            async () => await registration.ReadAsync("/3/0/0"),
            Throws.InstanceOf<ExchangeFailedException>().With.Property("Reason").EqualTo(CoapFailure.LinkLost));
    }
}
