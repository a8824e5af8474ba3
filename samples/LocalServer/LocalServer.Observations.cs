using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lwm2m.Coap;

namespace Lwm2m.Samples;

// Observe, Notify and Cancel (Core 6.4, RFC 7641).
public sealed partial class LocalServer
{
    private readonly Dictionary<string, Observation> _observations = new();

    bool ICoapHandler.OnUnmatchedResponse(CoapPeer peer, CoapMessage message, long nowMs)
    {
        var remote = (Remote)peer.Tag!;
        string token = Convert.ToHexString(message.Buffer, message.TokenOffset, message.TokenLength);
        if (!_observations.TryGetValue(token, out Observation? observation) || observation.Registration.Remote != remote)
        {
            // The endpoint rejects a CON by itself. For a NON it need not, but the client cannot know otherwise (RFC 7641 3.6).
            if (message.Type == CoapType.NonConfirmable)
                Send(remote, [0x70, 0, (byte)(message.MessageId >> 8), (byte)message.MessageId], 0, 4);
            return false;
        }
        if (message.Block2 >= 0 && BlockOption.More(message.Block2))
            FetchWhole(observation, message.Observe);
        else
            Deliver(observation, ReadAnswer(observation.Path, observation.Registration.AlternatePath, message), nowMs);
        return true;
    }

    internal async Task<Observation> ObserveAsync(
        Registration registration, OperationRequest request, IReadOnlyList<Lwm2mPath> paths, Action<Answer>? notified, CancellationToken stop)
    {
        request.Observe = 0;
        var observation = new Observation(this, registration, request, paths, notified);
        await SendAsync(registration, request, observation, stop).ConfigureAwait(false);
        return observation;
    }

    internal async Task<Answer> CancelAsync(Observation observation, CancellationToken stop)
    {
        OperationRequest request = Again(observation);
        request.Observe = 1;
        request.Query = observation.Request.Query;
        request.Token = observation.Request.Token;
        Answer answer = await SendAsync(observation.Registration, request, null, stop).ConfigureAwait(false);
        StopObserving(observation);
        return answer;
    }

    /// <summary>The request of an observation as one that reads the same once.</summary>
    private static OperationRequest Again(Observation observation) => new()
    {
        Code = observation.Request.Code,
        Path = observation.Request.Path,
        Accept = observation.Request.Accept,
        ContentFormat = observation.Request.ContentFormat,
        Payload = observation.Request.Payload,
    };

    internal void StopObserving(Observation observation)
    {
        lock (_gate)
        {
            EndObservation(observation);
        }
    }

    private void BeginObservation(Observation observation, Answer answer, long nowMs)
    {
        observation.Answer = answer;
        if (answer.IsSuccess && answer.Observe >= 0 && observation.Registration.IsActive)
        {
            observation.IsActive = true;
            observation.LastSequence = answer.Observe;
            observation.LastMs = nowMs;
            _observations[Convert.ToHexString(observation.Request.Token!)] = observation;
        }
        else
        {
            observation.Complete();
        }
    }

    private void EndObservation(Observation observation)
    {
        if (observation.Request.Token is { } token)
            _observations.Remove(Convert.ToHexString(token));
        observation.Complete();
    }

    private void DropObservations(Registration registration)
    {
        foreach (Observation observation in _observations.Values.Where(o => o.Registration == registration).ToList())
            EndObservation(observation);
    }

    /// <summary>Only block 0 comes as a notification; a plain read brings the whole (RFC 7959 2.6).</summary>
    private void FetchWhole(Observation observation, int sequence)
    {
        Registration registration = observation.Registration;
        var exchange = new Exchange(++_lastContext, registration.Remote, registration.Endpoint, Again(observation))
        {
            Registration = registration,
            NotificationOf = observation,
            Sequence = sequence,
        };
        registration.Remote.Waiting.AddFirst(exchange);
    }

    private void Deliver(Observation observation, Answer notification, long nowMs)
    {
        if (!observation.IsActive)
            return;
        if (notification.IsSuccess && notification.Observe >= 0)
        {
            if (!ObserveSequence.IsNewer(observation.LastSequence, observation.LastMs, notification.Observe, nowMs))
                return;
            observation.LastSequence = notification.Observe;
            observation.LastMs = nowMs;
        }
        observation.Count++;
        observation.Add(notification);
        if (observation.Notified != null)
            Post(() => observation.Notified(notification));
        if (!notification.IsSuccess)
            EndObservation(observation);
    }
}
