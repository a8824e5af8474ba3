using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

/// <summary>DemoClient's values: from the factory, written by a server, set from standard input.</summary>
[Parallelizable(ParallelScope.All)]
public class DemoClientValueTests
{
    private const int LargestFactoryPayload = 1000;

    [Test]
    public async Task Factory_content_is_as_promised()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Answer links = await demo.Client.DiscoverAsync("/3/0");
        Assert.That(links.Links.Where(link => link.Path?.Level == 3).Select(link => link.Path!.Value.ResourceId),
            Is.EqualTo(new[] { 0, 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16 }));
        foreach (int format in new[] { ContentFormat.Tlv, ContentFormat.SenmlJson, ContentFormat.SenmlCbor, ContentFormat.Lwm2mCbor })
        {
            Answer device = await demo.Client.ReadAsync("/3/0", format);
            Assert.That(device.CodeText, Is.EqualTo("2.05"));
            Assert.That(device.Payload, Has.Length.LessThan(LargestFactoryPayload), $"format {format}");
        }

        Answer lamp = await demo.Client.ReadAsync("/3311/0");
        Assert.That(lamp.Records.Select(record => record.Path.ResourceId), Is.EquivalentTo(new[] { 5706, 5750, 5850, 5851, 5852 }));
        Assert.That((await demo.Client.ReadAsync("/3303/0/5700")).Value, Is.EqualTo(21.5));
        Assert.That((await demo.Client.ReadAsync("/16")).Records, Is.Empty);
        Assert.That((await demo.Client.DiscoverAsync("/3442/0")).Links.Count(link => link.Path?.Level == 3), Is.EqualTo(25));
        Assert.That(demo.Process.Output, Has.Length.EqualTo(1), "reading has no events");
        await demo.ExitAsync();
    }

    [Test]
    public async Task Written_value_is_told_by_its_type()
    {
        (string Path, object Value, string Json)[] writes =
        [
            ("/3311/0/5850", true, "true"),
            ("/3311/0/5851", 17, "17"),
            ("/3311/0/5706", "#10\"2€", "\"#10\\\"2€\""),
            ("/3442/0/120", long.MinValue, "-9223372036854775808"),
            ("/3442/0/125", ulong.MaxValue, "18446744073709551615"),
            ("/3442/0/130", 42.0, "42"),
            ("/3442/0/130", -1.0e-7, "-1E-07"),
            ("/3442/0/150", new byte[] { 0xFB, 0xFF, 0x00 }, "\"+/8A\""),
            ("/3442/0/160", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000), "1700000000"),
            ("/3442/0/170", new ObjectLink(3303, 0), "\"3303:0\""),
            ("/1/0/2", 5, "5"),
        ];
        await using Demo demo = await Demo.StartRegisteredAsync();
        foreach ((string path, object value, string json) in writes)
        {
            Answer answer = await demo.Client.WriteAsync(path, value);
            Assert.That(answer.CodeText, Is.EqualTo("2.04"), $"{path}: {answer}");
            await demo.LineAsync($$"""{"event":"written","ssid":1,"path":"{{path}}","value":{{json}}}""");
        }

        await demo.ExitAsync();
    }

    [Test]
    public async Task Write_of_an_instance_has_a_line_for_each_resource()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Answer answer = await demo.Client.WriteAsync(
            "/3311/0", [new ResourceRecord("/3311/0/5850", true), new ResourceRecord("/3311/0/5851", 40)], partial: true);
        Assert.That(answer.CodeText, Is.EqualTo("2.04"), answer.ToString());
        await demo.LineAsync("""{"event":"written","ssid":1,"path":"/3311/0/5850","value":true}""");
        await demo.LineAsync("""{"event":"written","ssid":1,"path":"/3311/0/5851","value":40}""");
        Assert.That(demo.Process.Output, Has.Length.EqualTo(3));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Written_resource_with_instances_is_one_object()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Answer answer = await demo.Client.WriteAsync(
            "/3442/0/1110", [new ResourceRecord("/3442/0/1110/0", "a"), new ResourceRecord("/3442/0/1110/3", "b")], partial: false);
        Assert.That(answer.CodeText, Is.EqualTo("2.04"), answer.ToString());
        await demo.LineAsync("""{"event":"written","ssid":1,"path":"/3442/0/1110","value":{"0":"a","3":"b"}}""");
        Assert.That(demo.Process.Output, Has.Length.EqualTo(2));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Refused_write_has_no_event_and_changes_nothing()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Assert.That((await demo.Client.WriteAsync("/3311/0/5851", 101)).CodeText, Is.EqualTo("4.00"));
        Assert.That((await demo.Client.WriteAsync("/3303/0/5700", 1.0)).CodeText, Is.EqualTo("4.05"));
        Assert.That((await demo.Client.ReadAsync("/3303/0/5700")).Value, Is.EqualTo(21.5));
        Assert.That(demo.Process.Output, Has.Length.EqualTo(1));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Set_value_is_notified()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Observation observation = await demo.Client.ObserveAsync("/3303/0/5700");
        await demo.LineAsync("""{"event":"observe","ssid":1,"path":"/3303/0/5700"}""");
        demo.Process.Type("set /3303/0/5700 22.25");
        Answer notification = await observation.NextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.That(notification.Value, Is.EqualTo(22.25));
        await observation.CancelAsync();
        await demo.LineAsync("""{"event":"cancel","ssid":1,"path":"/3303/0/5700"}""");
        await demo.ExitAsync();
    }

    [Test]
    public async Task Reset_cancels_an_observation()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Observation observation = await demo.Client.ObserveAsync("/3303/0/5700");
        observation.Forget();
        demo.Process.Type("set /3303/0/5700 30");
        await demo.LineAsync("""{"event":"cancel","ssid":1,"path":"/3303/0/5700"}""");
        await demo.ExitAsync();
    }

    [Test]
    public async Task Set_takes_any_resource_in_plain_text()
    {
        (string Path, string Text, object Value)[] values =
        [
            ("/3/0/0", " A maker, of things ", " A maker, of things "),
            ("/3/0/9", "12", 12L),
            ("/3442/0/140", "0", false),
            ("/3442/0/150", "AQL/", new byte[] { 1, 2, 255 }),
            ("/3442/0/160", "1700000000", DateTimeOffset.FromUnixTimeSeconds(1_700_000_000)),
            ("/3442/0/170", "3303:0", new ObjectLink(3303, 0)),
            ("/3442/0/1120/5", "-3", -3L),
            ("/3/0/7/1", "4900", 4900L),
        ];
        await using Demo demo = await Demo.StartRegisteredAsync();
        for (int index = 0; index < values.Length; index++)
        {
            (string path, string text, object value) = values[index];
            demo.Process.Type($"set {path} {text}");
            demo.Process.Type($"show {path}");
            await demo.EventAsync("value", index + 1);
            Answer answer = await demo.Client.ReadAsync(path, ContentFormat.SenmlCbor);
            Assert.That(answer.Value, Is.EqualTo(value), path);
        }

        await demo.ExitAsync();
    }

    [Test]
    public async Task What_cannot_be_done_gets_an_error()
    {
        (string Command, string Reason)[] commands =
        [
            ("set /3303/0/5700 warm", "bad-value"),
            ("set /3303/0/5700 1e999", "bad-value"),
            ("set /3311/0/5851 101", "bad-value"),
            ("set /3442/0/140 yes", "bad-value"),
            ("set /3442/0/150 ***", "bad-value"),
            ("set /3/0/4 1", "not-supported"),
            ("set /3/0 1", "bad-path"),
            ("set /3/0/70000 1", "bad-path"),
            ("set 3/0/9 1", "bad-path"),
            ("set", "bad-path"),
            ("set /3/0/6 1", "bad-path"),
            ("set /3/0/9/0 1", "bad-path"),
            ("set /3/1/9 1", "not-found"),
            ("set /3/0/99 1", "not-found"),
            ("set /77/0/1 1", "not-found"),
            ("create /3/0", "exists"),
            ("create /3/1", "full"),
            ("create /16", "bad-path"),
            ("delete /16/0", "not-found"),
            ("delete /1/0", "not-supported"),
            ("delete /3/0", "not-supported"),
            ("delete /77/0", "not-found"),
            ("update x", "bad-command"),
            ("exit now", "bad-command"),
            ("show /3/0/4", "not-found"),
            ("jump", "unknown-command"),
        ];
        await using Demo demo = await Demo.StartRegisteredAsync();
        for (int index = 0; index < commands.Length; index++)
        {
            (string command, string reason) = commands[index];
            demo.Process.Type(command);
            Assert.That(await demo.EventAsync("error", index + 1),
                Does.StartWith($$"""{"event":"error","reason":"{{reason}}","message":"""), command);
        }

        Assert.That((await demo.Client.ReadAsync("/3303/0/5700")).Value, Is.EqualTo(21.5));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Show_prints_all_or_a_part()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        demo.Process.Type("show /3/0/6");
        await demo.LineAsync("""{"event":"value","path":"/3/0/6","value":{"0":1,"1":5}}""");
        demo.Process.Type("show /3/0/6/1");
        await demo.LineAsync("""{"event":"value","path":"/3/0/6/1","value":5}""");
        demo.Process.Type("show /3311/0");
        await demo.LineAsync("""{"event":"value","path":"/3311/0/5850","value":false}""");
        demo.Process.Type("show");
        await demo.LineAsync("""{"event":"value","path":"/0/0/10","value":1}""");
        await demo.LineAsync("""{"event":"value","path":"/3442/0/170","value":"3:0"}""");
        await demo.ExitAsync();
    }

    [Test]
    public async Task Executed_says_its_arguments()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        await demo.Client.ExecuteAsync("/3442/0/3", "5,2='10.3'");
        await demo.LineAsync("""{"event":"executed","ssid":1,"path":"/3442/0/3","arguments":"5,2='10.3'"}""");
        await demo.Client.ExecuteAsync("/3442/0/0");
        await demo.LineAsync("""{"event":"executed","ssid":1,"path":"/3442/0/0","arguments":""}""");
        await demo.ExitAsync();
    }

    [Test]
    public async Task What_the_device_lacks_cannot_be_executed()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Assert.That((await demo.Client.ExecuteAsync("/3/0/5")).CodeText, Is.EqualTo("4.04"), "Factory Reset");
        Assert.That((await demo.Client.ExecuteAsync("/3/0/12")).CodeText, Is.EqualTo("4.04"), "Reset Error Code");
        Assert.That((await demo.Client.ReadAsync("/3/0/4")).CodeText, Is.EqualTo("4.05"), "Reboot");
        Assert.That(demo.Process.Output, Has.Length.EqualTo(1));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Many_and_long_values_are_told_whole()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        string text = string.Concat(Enumerable.Repeat("0123456789abcde", 17));
        Assert.That(text, Has.Length.EqualTo(255));
        Assert.That((await demo.Client.WriteAsync("/3311/0/5750", text)).CodeText, Is.EqualTo("2.04"));
        await demo.LineAsync($$"""{"event":"written","ssid":1,"path":"/3311/0/5750","value":"{{text}}"}""");
        for (int id = 0; id < 30; id++)
            demo.Process.Type($"set /3442/0/1110/{id} {text}");
        demo.Process.Type("show /3442/0/1110");
        await demo.LineAsync("""{"event":"value","path":"/3442/0/1110","value":{"""
            + string.Join(',', Enumerable.Range(0, 30).Select(id => $"\"{id}\":\"{text}\"")) + "}}");
        await demo.ExitAsync();
    }

    [Test]
    public async Task Server_creates_and_deletes_an_instance()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        Answer answer = await demo.Client.SendAsync(new OperationRequest
        {
            Code = Lwm2m.Coap.CoapCode.Post,
            Path = "/16",
            ContentFormat = ContentFormat.Tlv,
            Payload = Convert.FromHexString("08020A" + "880007" + "410061" + "4203" + "6263"),
        });
        Assert.That(answer.CodeText, Is.EqualTo("2.01"), answer.ToString());
        Assert.That(answer.Location, Is.EqualTo("/16/2"));
        await demo.LineAsync("""{"event":"created","ssid":1,"path":"/16/2"}""");
        await demo.EventAsync("updated");
        Assert.That(demo.Client.Links.Select(link => link.Target), Does.Contain("/16/2"));
        Assert.That((await demo.Client.DeleteAsync("/16/2")).CodeText, Is.EqualTo("2.02"));
        await demo.LineAsync("""{"event":"deleted","ssid":1,"path":"/16/2"}""");
        await demo.EventAsync("updated", 2);
        Assert.That(demo.Client.Links.Select(link => link.Target), Does.Not.Contain("/16/2"));
        await demo.ExitAsync();
    }

    [Test]
    public async Task Console_creates_and_deletes_an_instance()
    {
        await using Demo demo = await Demo.StartRegisteredAsync();
        demo.Process.Type("create /16/4");
        await demo.LineAsync("""{"event":"created","path":"/16/4"}""");
        await demo.EventAsync("updated");
        demo.Process.Type("set /16/4/0/1 house");
        demo.Process.Type("show /16/4");
        await demo.LineAsync("""{"event":"value","path":"/16/4/0","value":{"1":"house"}}""");
        Assert.That((await demo.Client.ReadAsync("/16/4/0/1")).Value, Is.EqualTo("house"));
        demo.Process.Type("delete /16/4");
        await demo.LineAsync("""{"event":"deleted","path":"/16/4"}""");
        Assert.That((await demo.Client.ReadAsync("/16/4/0/1")).CodeText, Is.EqualTo("4.04"));
        await demo.ExitAsync();
    }
}
