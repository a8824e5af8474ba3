using System.Collections.Generic;
using System.Text;
using System.Threading.Channels;
using System.Threading.Tasks;
using Lwm2m.Coap;
using NUnit.Framework;

namespace Lwm2m.Samples.Tests;

public class ObservationTests : ServerFixture
{
    private readonly byte[] _empty = [];
    private Registration _registration = null!;
    private byte[] _token = [];

    [Test]
    public async Task Observe_registers_and_notifications_arrive()
    {
        var seen = new List<object?>();
        Observation observation = await ObserveAsync(seen);
        Assert.That(observation.IsActive, Is.True);
        Assert.That(observation.Answer.Value, Is.EqualTo(20.0));

        Notify(CoapType.NonConfirmable, 1, 2, "21.5");
        Answer first = await observation.NextAsync(Stop);
        Assert.That(first.Value, Is.EqualTo(21.5));
        Assert.That(first.Observe, Is.EqualTo(2));
        Assert.That(first.IsConfirmable, Is.False);

        Notify(CoapType.Confirmable, 2, 3, "22");
        RawMessage ack = Device.Receive();
        Assert.That(ack.Type, Is.EqualTo(CoapType.Acknowledgement));
        Assert.That(ack.Code, Is.EqualTo(CoapCode.Empty));
        Assert.That(ack.MessageId, Is.EqualTo(2));
        Answer second = await observation.NextAsync(Stop);
        Assert.That(second.IsConfirmable, Is.True);
        Assert.That(observation.Count, Is.EqualTo(2));
        Assert.That(seen, Is.EqualTo(new object[] { 21.5, 22.0 }).After(5000, 10));
    }

    [Test]
    public async Task A_notification_that_was_overtaken_is_left_out()
    {
        Observation observation = await ObserveAsync();
        Notify(CoapType.NonConfirmable, 1, 5, "25");
        Notify(CoapType.NonConfirmable, 2, 4, "24");
        Notify(CoapType.NonConfirmable, 3, 6, "26");
        Assert.That((await observation.NextAsync(Stop)).Value, Is.EqualTo(25.0));
        Assert.That((await observation.NextAsync(Stop)).Value, Is.EqualTo(26.0));
    }

    [Test]
    public async Task A_repeated_notification_is_acknowledged_again_and_told_once()
    {
        Observation observation = await ObserveAsync();
        Notify(CoapType.Confirmable, 1, 2, "25");
        byte[] ack = Device.ReceiveBytes();
        Notify(CoapType.Confirmable, 1, 2, "25");
        Assert.That(Device.ReceiveBytes(), Is.EqualTo(ack));
        Assert.That(observation.Count, Is.EqualTo(1));
    }

    [Test]
    public async Task A_refused_observation_is_not_active()
    {
        _registration = await RegisteredAsync();
        Task<Observation> observing = _registration.ObserveAsync("/3303/0/5700", stop: Stop);
        Device.Respond(Device.Receive(), CoapCode.MethodNotAllowed);
        Observation observation = await observing;
        Assert.That(observation.IsActive, Is.False);
        Assert.That(observation.Answer.Code, Is.EqualTo(CoapCode.MethodNotAllowed));
        Assert.That(async () => await observation.NextAsync(Stop), Throws.InstanceOf<ChannelClosedException>());
    }

    [Test]
    public async Task An_answer_without_observe_is_no_observation()
    {
        _registration = await RegisteredAsync();
        Task<Observation> observing = _registration.ObserveAsync("/3303/0/5700", stop: Stop);
        Device.Respond(Device.Receive(), CoapCode.Content, 0, "1"u8.ToArray());
        Assert.That((await observing).IsActive, Is.False);
    }

    [Test]
    public async Task Cancel_repeats_the_request_with_observe_1_and_the_same_token()
    {
        Observation observation = await ObserveAsync();
        Task<Answer> cancelling = observation.CancelAsync(Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Code, Is.EqualTo(CoapCode.Get));
        Assert.That(request.Observe, Is.EqualTo(1));
        Assert.That(request.Path, Is.EqualTo("/3303/0/5700"));
        Assert.That(request.Token, Is.EqualTo(_token));
        Assert.That(request.Accept, Is.EqualTo(0));
        Device.Respond(request, CoapCode.Content, 0, "20"u8.ToArray());
        await cancelling;
        Assert.That(observation.IsActive, Is.False);
        ExpectReset(CoapType.Confirmable);
    }

    [TestCase(CoapType.Confirmable)]
    [TestCase(CoapType.NonConfirmable)]
    public async Task Forget_rejects_the_next_notification(CoapType type)
    {
        Observation observation = await ObserveAsync();
        observation.Forget();
        Assert.That(observation.IsActive, Is.False);
        ExpectReset(type);
    }

    [TestCase(CoapType.Confirmable)]
    [TestCase(CoapType.NonConfirmable)]
    public async Task A_notification_nobody_asked_for_is_rejected(CoapType type)
    {
        _registration = await RegisteredAsync();
        _token = [1, 2, 3];
        ExpectReset(type);
    }

    [Test]
    public async Task An_error_is_the_last_notification()
    {
        Observation observation = await ObserveAsync();
        Device.Send(CoapType.Confirmable, CoapCode.NotFound, 1, _token);
        Device.Receive();
        Assert.That((await observation.NextAsync(Stop)).Code, Is.EqualTo(CoapCode.NotFound));
        Assert.That(async () => await observation.NextAsync(Stop), Throws.InstanceOf<ChannelClosedException>());
        Assert.That(observation.IsActive, Is.False);
    }

    [Test]
    public async Task The_rest_of_a_large_notification_is_fetched()
    {
        Observation observation = await ObserveAsync();
        Device.Send(CoapType.NonConfirmable, CoapCode.Content, 1, _token, 0, new byte[16].With('1'), 2, BlockOption.Encode(0, true, 0));
        RawMessage request = Device.Receive();
        Assert.That(request.Path, Is.EqualTo("/3303/0/5700"));
        Assert.That(request.Observe, Is.EqualTo(-1));
        Assert.That(request.Token, Is.Not.EqualTo(_token));
        Device.Respond(request, CoapCode.Content, 0, Encoding.UTF8.GetBytes("1234567890"));
        Answer notification = await observation.NextAsync(Stop);
        Assert.That(notification.Value, Is.EqualTo(1234567890.0));
        Assert.That(notification.Observe, Is.EqualTo(2));
    }

    [Test]
    public async Task The_end_of_the_registration_ends_its_observations()
    {
        Observation observation = await ObserveAsync();
        Device.Ask(CoapCode.Delete, _registration.Location);
        Assert.That(async () => await observation.NextAsync(Stop), Throws.InstanceOf<ChannelClosedException>());
        ExpectReset(CoapType.Confirmable);
    }

    private async Task<Observation> ObserveAsync(List<object?>? seen = null)
    {
        _registration = await RegisteredAsync();
        Task<Observation> observing = _registration.ObserveAsync("/3303/0/5700", n => seen?.Add(n.Value), 0, stop: Stop);
        RawMessage request = Device.Receive();
        Assert.That(request.Observe, Is.Zero);
        _token = request.Token;
        Device.Respond(request, CoapCode.Content, 0, "20"u8.ToArray(), observe: 1);
        return await observing;
    }

    private void Notify(CoapType type, int messageId, int sequence, string value) =>
        Device.Send(type, CoapCode.Content, messageId, _token, 0, Encoding.UTF8.GetBytes(value), sequence);

    private void ExpectReset(CoapType type)
    {
        Notify(type, 99, 9, "1");
        RawMessage reset = Device.Receive();
        Assert.That(reset.Type, Is.EqualTo(CoapType.Reset));
        Assert.That(reset.MessageId, Is.EqualTo(99));
        Assert.That(reset.Payload, Is.EqualTo(_empty));
    }
}
