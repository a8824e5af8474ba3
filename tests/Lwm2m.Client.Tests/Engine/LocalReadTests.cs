using System.Text;
using Lwm2m.Formats;
using NUnit.Framework;

namespace Lwm2m.Client.Tests.Engine;

/// <summary>The application reads its own values by path, in any format, whatever servers may do with them.</summary>
public class LocalReadTests
{
    private const int ObjectId = 26241;

    private readonly byte[] _buffer = new byte[64];
    private Lwm2mClient _client = null!;
    private LookedAt _object = null!;

    [SetUp]
    public void MakeClient()
    {
        _client = new Lwm2mClient(new ClientOptions("e"));
        _object = new LookedAt();
        _client.Add(_object);
    }

    [TestCase(0, -1, ContentFormat.PlainText, "21.5")]
    [TestCase(1, -1, ContentFormat.PlainText, "secret")]
    [TestCase(3, 2, ContentFormat.PlainText, "c")]
    [TestCase(3, -1, ContentFormat.SenmlJson, """[{"bn":"/26241/0/3/","n":"0","vs":"a"},{"n":"2","vs":"c"}]""")]
    public void Value_is_read_in_the_format_asked_for(int resource, int resourceInstance, int format, string payload)
    {
        Assert.That(Read(0, resource, resourceInstance, format, out string text), Is.EqualTo(Outcome.Ok));
        Assert.That(text, Is.EqualTo(payload));
    }

    [TestCase(1, 0, -1, Outcome.NotFound, TestName = "No such instance")]
    [TestCase(0, 9, -1, Outcome.NotFound, TestName = "No such resource")]
    [TestCase(0, 4, -1, Outcome.NotFound, TestName = "A resource without a value")]
    [TestCase(0, 3, 1, Outcome.NotFound, TestName = "No such resource instance")]
    [TestCase(0, 2, -1, Outcome.MethodNotAllowed, TestName = "An executable resource")]
    public void What_has_no_value_is_refused(int instance, int resource, int resourceInstance, Outcome expected)
    {
        Assert.That(Read(instance, resource, resourceInstance, ContentFormat.PlainText, out string text), Is.EqualTo(expected));
        Assert.That(text, Is.Empty);
    }

    [Test]
    public void Payload_that_does_not_fit_is_refused_and_leaves_the_rest_of_the_buffer()
    {
        _object.Set(0, 1, new string('x', 40));
        _buffer[20] = 0x55;
        Outcome outcome = _client.Read(ObjectId, 0, 1, -1, ContentFormat.PlainText, _buffer, 0, 20, out int length);
        Assert.That(outcome, Is.EqualTo(Outcome.RequestEntityTooLarge));
        Assert.That(length, Is.Zero);
        Assert.That(_buffer[20], Is.EqualTo(0x55));
    }

    [Test]
    public void Handler_is_told_that_no_server_gets_the_value()
    {
        Read(0, 0, -1, ContentFormat.PlainText, out _);
        Assert.That(_object.WasSent, Is.False);
    }

    private Outcome Read(int instance, int resource, int resourceInstance, int format, out string text)
    {
        Outcome outcome = _client.Read(ObjectId, instance, resource, resourceInstance, format, _buffer, 0, _buffer.Length, out int length);
        text = Encoding.UTF8.GetString(_buffer, 0, length);
        return outcome;
    }

    private sealed class LookedAt : StoredObject
    {
        public LookedAt()
            : base(new ObjectDefinition(
                ObjectId,
                "1.0",
                Resource.ReadOnly(0, DataType.Float),
                Resource.Hidden(1, DataType.String),
                Resource.Executable(2),
                Resource.ReadWrite(3, DataType.String, multiple: true),
                Resource.ReadWrite(4, DataType.Integer)))
        {
            AddInstance(0);
            Set(0, 0, 21.5);
            Set(0, 1, "secret");
            SetInstance(0, 3, 0, "a");
            SetInstance(0, 3, 2, "c");
        }

        public bool WasSent { get; private set; }

        protected internal override Outcome Read(int instance, int resource, ValueWriter value)
        {
            WasSent = value.IsSent;
            return base.Read(instance, resource, value);
        }
    }
}
