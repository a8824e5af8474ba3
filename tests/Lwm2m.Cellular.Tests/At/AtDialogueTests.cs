using System.Text;
using NUnit.Framework;

namespace Lwm2m.Cellular.Tests;

/// <summary>What modems do between a command and its result: echo, reports, prompts, raw data, rubbish, silence. Everything whole, and byte by byte.</summary>
[TestFixture(int.MaxValue)]
[TestFixture(1)]
internal sealed class AtDialogueTests(int pieceBytes)
{
    private AtBed _bed = null!;
    private RecordingUser _user = null!;

    [SetUp]
    public void Start()
    {
        _bed = new AtBed(100, 60) { PieceBytes = pieceBytes };
        _user = new RecordingUser();
        _bed.Engine.Add(_user);
    }

    [Test]
    public void Echo_is_skipped_and_noticed()
    {
        _bed.Modem.OnBytes("AT+CSQ\r", "AT+CSQ\r\r\n+CSQ: 20,99\r\n\r\nOK\r\n").OnBytes("AT+CIMI\r", "AT+CIMI\r\r\n262011234567890\r\n\r\nOK\r\n");
        Enqueue(1, "AT+CSQ", "+CSQ:");
        _user.Enqueue(c =>
        {
            c.Text("AT+CIMI");
            c.ExpectAny();
        });

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "answer 1 +CSQ: 20,99", "result 1 Ok", "answer 0 262011234567890", "result 0 Ok" }));
        Assert.That(_bed.Engine.EchoSeen);
    }

    [Test]
    public void Report_between_command_and_answer_and_result_goes_to_its_user()
    {
        _user.Take = line => line.StartsWith("+CEREG:") || line.Is("RING") ? AtTake.Taken : AtTake.NotMine;
        _bed.Modem.OnBytes("AT+CSQ\r", "\r\nRING\r\n\r\n+CSQ: 20,99\r\n\r\n+CEREG: 5\r\n\r\nOK\r\n");
        Enqueue(1, "AT+CSQ", "+CSQ:");

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "urc RING", "answer 1 +CSQ: 20,99", "urc +CEREG: 5", "result 1 Ok" }));
    }

    [Test]
    public void Answer_that_its_user_does_not_want_is_a_report()
    {
        _user.TakeAnswer = line => line.Count == 2 ? AtTake.Taken : AtTake.NotMine;
        _user.Take = line => line.StartsWith("+CEREG:") ? AtTake.Taken : AtTake.NotMine;
        _bed.Modem.On("AT+CEREG?", "+CEREG: 5", "+CEREG: 2,1", "OK");
        Enqueue(1, "AT+CEREG?", "+CEREG:");

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "urc +CEREG: 5", "answer 1 +CEREG: 2,1", "result 1 Ok" }));
    }

    [TestCase("ERROR", "Error")]
    [TestCase("+CME ERROR: 10", "CmeError 10")]
    [TestCase("+CME ERROR:11", "CmeError 11")]
    [TestCase("+CME ERROR: SIM not inserted", "CmeError 10")]
    [TestCase("+CME ERROR: Something else", "CmeError -1")]
    [TestCase("+CMS ERROR: 332", "CmsError 332")]
    public void Errors_have_their_number(string line, string result)
    {
        _bed.Modem.On("AT+CSQ", line);
        Enqueue(1, "AT+CSQ", "+CSQ:");

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 " + result }));
    }

    [TestCase("SEND OK", "Ok")]
    [TestCase("SEND FAIL", "Error")]
    [TestCase("ERROR", "Error")]
    public void Command_ends_with_the_line_it_names(string line, string result)
    {
        byte[] data = [0x00, 0x1A, 0x0D, 0xFF];
        _bed.Modem.OnBytes("AT+QISEND=0,4\r", "\r\n> ").OnBytes("\x00\x1A\r\xFF", "\r\nOK\r\n\r\n" + line + "\r\n");
        _user.Enqueue(c =>
        {
            c.Text("AT+QISEND=0,4");
            c.Prompt();
            c.Raw(data, 0, 4);
            c.FinishOn("SEND OK", "SEND FAIL");
        });

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 0 " + result }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Error_in_place_of_the_prompt_ends_the_command()
    {
        _bed.Modem.On("AT+CMGS=2", "+CMS ERROR: 304");
        _user.Enqueue(SendMessage);

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 0 CmsError 304" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Prompt_that_does_not_come_is_escaped()
    {
        _bed.Modem.OnBytes("AT+CMGS=2\r", "").OnBytes("\x1B" + "AT\r", "\r\nOK\r\n").On("AT+CSQ", "OK");
        _user.Enqueue(SendMessage);
        Enqueue(2, "AT+CSQ", "+CSQ:");

        _bed.Advance(AtCommand.DefaultTimeoutMs + 1000);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 0 TimedOut", "result 2 Ok" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Modem_that_takes_the_escape_for_a_letter_of_the_command_is_found()
    {
        _bed.Modem.OnBytes("AT+CSQ\r", "").OnBytes("AT\r", "").OnBytes("\x1B" + "AT\r", "\r\nERROR\r\n").OnBytes("AT\r", "\r\nOK\r\n").On("AT+CIMI", "OK");
        Enqueue(1, "AT+CSQ", "+CSQ:");
        Enqueue(2, "AT+CIMI", "x");

        _bed.Advance(AtCommand.DefaultTimeoutMs + 4000);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 TimedOut", "result 2 Ok" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Modem_that_is_away_is_looked_for_until_it_answers()
    {
        _bed.Modem.OnBytes("AT+CSQ\r", "").OnBytes("AT\r", "").OnBytes("\x1B" + "AT\r", "").OnBytes("AT\r", "\r\nOK\r\n").On("AT+CIMI", "OK");
        Enqueue(1, "AT+CSQ", "+CSQ:");
        Enqueue(2, "AT+CIMI", "x");

        _bed.Advance(AtCommand.DefaultTimeoutMs);
        Assert.That(_bed.Engine.IsSearching);
        _bed.Advance(1000 + 2000);
        Assert.That(_user.Heard, Has.Count.EqualTo(1), "what is late has its time");
        _bed.Advance(1000);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 TimedOut", "result 2 Ok" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Raw_data_behind_a_line_may_hold_anything()
    {
        _user.TakeAnswer = line =>
        {
            if (line.HasData || !line.TryNumber(0, out long count))
                return AtTake.Taken;
            line.RawBytes = (int)count;
            return AtTake.TakenWithRawNext;
        };
        _bed.Modem.OnBytes("AT+QIRD=0,1500\r", "\r\n+QIRD: 8\r\n\nOK\r\n\x00>\xFF\r\n\r\nOK\r\n");
        Enqueue(1, "AT+QIRD=0,1500", "+QIRD:");

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "answer 1 +QIRD: 8", "answer 1 [0A4F4B0D0A003EFF]", "result 1 Ok" }));
    }

    [Test]
    public void Raw_data_within_a_line_may_hold_anything()
    {
        _bed.Modem.OnBytes("AT+CARECV=0,100\r", "\r\n+CARECV: 6,\r\nOK\r\n\r\n\r\nOK\r\n");
        _user.Enqueue(c =>
        {
            c.Text("AT+CARECV=0,100");
            c.ExpectRaw("+CARECV:", 1);
        });

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "answer 0 +CARECV: 6,[0D0A4F4B0D0A]", "result 0 Ok" }));
    }

    [Test]
    public void Data_in_an_answer_without_a_name_is_packed()
    {
        _bed.Modem.On("AT+NSORF=1,512", "1,192.0.2.1,5683,4,60450001,0", "OK");
        _user.TakeAnswer = line =>
        {
            Assert.That(line.TryNumber(5, out long left) && left == 0);
            Assert.That(line.Count, Is.EqualTo(6));
            return AtTake.Taken;
        };
        _user.Enqueue(c =>
        {
            c.Text("AT+NSORF=1,512");
            c.ExpectHex("", 4);
        });

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "answer 0 1,192.0.2.1,5683,4,[60450001],0", "result 0 Ok" }));
    }

    [TestCase("+CRTDCP: 1,4,\"6045000\"", "+CRTDCP: 1,4,[broken]")]
    [TestCase("+CRTDCP: 1,4,\"60 450001\"", "+CRTDCP: 1,4,[broken]")]
    [TestCase("+CRTDCP: 1,0,\"\"", "+CRTDCP: 1,0,[]")]
    [TestCase("+CRTDCP: 1,2,6045,3,7", "+CRTDCP: 1,2,[6045],3,7")]
    public void Data_is_whole_or_broken(string line, string heard)
    {
        _bed.Engine.AddHexData(Encoding.ASCII.GetBytes("+CRTDCP:"), 2);
        _user.Take = _ => AtTake.Taken;

        _bed.SayLines(line, "+CSCON: 0");

        Assert.That(_user.Heard, Is.EqualTo(new[] { "urc " + heard, "urc +CSCON: 0" }));
    }

    [Test]
    public void Data_longer_than_the_buffer_is_broken_and_nothing_else()
    {
        _bed.Engine.AddHexData(Encoding.ASCII.GetBytes("+CRTDCP:"), 2);
        _user.Take = _ => AtTake.Taken;

        _bed.SayLines("+CRTDCP: 1,86," + new string('A', 172), "+CRTDCP: 1,90," + new string('A', 180), "+CSCON: 0");

        Assert.That(_user.Heard, Is.EqualTo(new[] { "urc +CRTDCP: 1,86,[" + new string('A', 172) + "]", "urc +CRTDCP: 1,90,[broken]", "urc +CSCON: 0" }));
    }

    [Test]
    public void Other_line_in_place_of_digits_is_told_as_text()
    {
        _user.Take = line => line.StartsWith("+CMT:") ? AtTake.TakenWithHexNext : AtTake.Taken;

        _bed.SayLines("+CMT: ,34", "BUSY", "+CMT: ,34", "0044");

        Assert.That(_user.Heard, Is.EqualTo(new[] { "urc +CMT: ,34", "urc BUSY", "urc +CMT: ,34", "urc [0044]" }));
    }

    [Test]
    public void Rubbish_and_lines_without_end_harm_nothing_behind_them()
    {
        _user.Take = _ => AtTake.Taken;

        _bed.Say("\xFF\xFE\x00RDX\r\n" + new string('x', 300) + "\r\n\0\0+CSCON: 1\r\n+C\x02SCON: 1\r\n+CSCON: 0\r\n");

        Assert.That(_user.Heard, Is.EqualTo(new[] { "urc +CSCON: 1", "urc +CSCON: 0" }));
    }

    [Test]
    public void Output_that_takes_little_gets_all_of_it_in_its_order()
    {
        byte[] data = [0x40, 0x01, 0x00, 0xFE];
        _bed.Modem.RoomBytes = 3;
        _bed.Modem.OnBytes("AT+CMGS=2\r", "\r\n> ").OnBytes("00400100FE\x1A", "\r\nOK\r\n");
        _user.Enqueue(c =>
        {
            c.Text("AT+CMGS=2");
            c.Prompt();
            c.HexByte(0);
            c.Hex(data, 0, data.Length);
            c.EndOfText();
        });

        _bed.Advance(1000);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 0 Ok" }));
        _bed.Modem.AssertDone();
    }

    [Test]
    public void Output_that_takes_nothing_ends_the_command_in_its_time()
    {
        _bed.Modem.RoomBytes = 0;
        Enqueue(1, "AT+CSQ", "+CSQ:");

        _bed.Advance(AtCommand.DefaultTimeoutMs);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 TimedOut" }));
    }

    [Test]
    public void Command_that_cannot_be_written_is_told_and_not_sent()
    {
        _user.Enqueue(c => c.Text(new string('A', 61)));
        _user.Enqueue(c => c.Quoted("a\",\"b"));
        _user.Enqueue(c => c.Quoted("a\rAT+CFUN=0"));

        _bed.Run();

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 0 NotSent", "result 0 NotSent", "result 0 NotSent" }));
        Assert.That(_bed.Modem.Written.Length, Is.Zero);
    }

    [Test]
    public void Urgent_users_come_first_and_the_others_take_turns()
    {
        RecordingUser second = new();
        RecordingUser urgent = new();
        _bed.Engine.Add(second);
        _bed.Engine.Add(urgent, isUrgent: true);
        foreach (string command in new[] { "AT+U1", "AT+U2", "AT+A1", "AT+B1", "AT+A2", "AT+B2" })
            _bed.Modem.On(command, "OK");
        Enqueue(1, "AT+A1", "x");
        Enqueue(2, "AT+A2", "x");
        second.Enqueue(c => c.Text("AT+B1"));
        second.Enqueue(c => c.Text("AT+B2"));
        urgent.Enqueue(c => c.Text("AT+U1"));
        urgent.Enqueue(c => c.Text("AT+U2"));

        _bed.Run();

        _bed.Modem.AssertDone();
    }

    [Test]
    public void Modem_that_lay_still_is_woken_before_a_command()
    {
        _bed.Engine.WakeAfterMs = 5000;
        _bed.Modem.On("AT+CSQ", "OK");
        Enqueue(1, "AT+CSQ", "+CSQ:");
        _bed.Run();
        _bed.Advance(60000);
        // The first one is what wakes it, and is lost.
        _bed.Modem.OnBytes("AT\r", "").OnBytes("\x1B" + "AT\r", "\r\nOK\r\n").On("AT+CSQ", "OK");

        Enqueue(2, "AT+CSQ", "+CSQ:");
        _bed.Engine.Ask();
        _bed.Advance(3000);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 Ok", "result 2 Ok" }));
        Assert.That(_bed.Engine.Recoveries, Is.Zero, "a modem that slept has forgotten nothing");
    }

    [Test]
    public void Reset_ends_the_command_in_hand_and_reaches_all_users()
    {
        RecordingUser other = new();
        _bed.Engine.Add(other);
        _bed.Modem.OnBytes("AT+CSQ\r", "");
        Enqueue(1, "AT+CSQ", "+CSQ:");
        _bed.Run();

        _bed.Engine.ResetUsers(_bed.NowMs);

        Assert.That(_user.Heard, Is.EqualTo(new[] { "result 1 Reset", "reset" }));
        Assert.That(other.Heard, Is.EqualTo(new[] { "reset" }));
    }

    private static void SendMessage(AtCommand command)
    {
        command.Text("AT+CMGS=2");
        command.Prompt();
        command.HexByte(0);
        command.EndOfText();
    }

    private void Enqueue(int tag, string text, string expected) => _user.Enqueue(c =>
    {
        c.Tag = tag;
        c.Text(text);
        c.Expect(expected);
    });
}
