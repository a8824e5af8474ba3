using System.Text;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>Transcripts of the AT engine: what goes in, and what must come out.</summary>
[TestFixture]
internal sealed class AtEngineTests
{
    private AtBed _bed = null!;
    private RecordingUser _user = null!;

    [SetUp]
    public void Start()
    {
        _bed = new AtBed();
        _user = new RecordingUser();
        _bed.Engine.Add(_user);
    }

    [Test]
    public void Command_gets_its_answer_and_its_result()
    {
        _bed.Modem.On("AT+CSQ", "+CSQ: 20,99", "OK");
        _user.Enqueue(c => Write(c, 7, "AT+CSQ", "+CSQ:"));

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "answer 7 +CSQ: 20,99", "result 7 Ok" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Data_goes_out_as_digits_and_comes_in_packed()
    {
        _bed.Engine.AddHexData(Encoding.ASCII.GetBytes("+CRTDCP:"), 2);
        _user.Take = line => line.StartsWith("+CRTDCP:") ? AtTake.Taken : AtTake.NotMine;
        byte[] data = [0x40, 0x01, 0x00, 0xFE];
        _bed.Modem.On("AT+CSODCP=1,4,\"400100FE\"", "OK");
        _user.Enqueue(c =>
        {
            c.Text("AT+CSODCP=1,");
            c.Number(data.Length);
            c.Text(",\"");
            c.Hex(data, 0, data.Length);
            c.Text("\"");
        });

        _bed.Run();
        _bed.SayLines("+CRTDCP: 1,4,\"60450001\"");

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 0 Ok", "urc +CRTDCP: 1,4,[60450001]" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Text_waits_for_the_prompt()
    {
        byte[] pdu = [0x00, 0x01, 0x0B];
        _bed.Modem.OnBytes("AT+CMGS=2\r", "\r\n> ").OnBytes("00010B\x1A", "\r\n+CMGS: 12\r\n\r\nOK\r\n");
        _user.Enqueue(c =>
        {
            c.Text("AT+CMGS=2");
            c.Expect("+CMGS:");
            c.Prompt();
            c.Hex(pdu, 0, pdu.Length);
            c.EndOfText();
        });

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "answer 0 +CMGS: 12", "result 0 Ok" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Line_of_digits_behind_a_report_comes_packed()
    {
        _user.Take = line => line.StartsWith("+CMT:") ? AtTake.TakenWithHexNext : line.HasData ? AtTake.Taken : AtTake.NotMine;

        _bed.SayLines("+CMT: ,34\r\n0044000B");

        Assert.That(_user.Heard, Is.EqualTo(new[] { "urc +CMT: ,34", "urc [0044000B]" }));
    }

    [Test]
    public void Late_result_is_not_taken_for_that_of_the_next_command()
    {
        _bed.Modem.OnBytes("AT+COPS?\r", "").On("AT", "OK").On("AT+CSQ", "ERROR");
        _user.Enqueue(c => Write(c, 1, "AT+COPS?", "+COPS:"));
        _user.Enqueue(c => Write(c, 2, "AT+CSQ", "+CSQ:"));

        _bed.Advance(AtCommand.DefaultTimeoutMs);
        _bed.SayLines("OK");
        _bed.Advance(5000);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 TimedOut", "result 2 Error" }));
        Assert.That(_bed.Engine.Recoveries, Is.EqualTo(1));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Where_results_are_slow_those_of_all_pings_are_waited_for()
    {
        _bed.Modem.OnBytes("AT+COPS?\r", "").OnBytes("AT\r", "").OnBytes("\u001bAT\r", "").On("AT+CSQ", "ERROR");
        _user.Enqueue(c => Write(c, 1, "AT+COPS?", "+COPS:"));
        _user.Enqueue(c => Write(c, 2, "AT+CSQ", "+CSQ:"));

        // Pings at 0 and 1 s; each result takes 2.6 s, and the second waits for the first.
        _bed.Advance(AtCommand.DefaultTimeoutMs);
        _bed.Advance(2600);
        _bed.SayLines("OK");
        _bed.Advance(2600);
        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 TimedOut" }), "no command yet");
        _bed.SayLines("OK");
        _bed.Advance(5000);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 TimedOut", "result 2 Error" }));
        _bed.Modem.AssertDone();
    }

    private static void Write(AtCommand command, int tag, string text, string expected)
    {
        command.Tag = tag;
        command.Text(text);
        command.Expect(expected);
    }
}
