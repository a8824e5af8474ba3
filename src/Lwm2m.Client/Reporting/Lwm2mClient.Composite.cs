using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Observe-Composite (Core 6.4.4): one observation of several paths.
public sealed partial class Lwm2mClient
{
    // Attributes that an Observe-Composite may bring: those that belong to no value (Core 7.3.2, 1.2).
    private const int CompositeAttributes = AttributeSet.MinimumPeriod | AttributeSet.MaximumPeriod
        | AttributeSet.MinimumEvaluation | AttributeSet.MaximumEvaluation | AttributeSet.ConfirmableBit;

    // It starts before the answer reads the values, so that one which another thread sets between the two is sent twice, and not never.
    private Outcome ObserveComposite(ServerAccount account, CoapMessage request, int format, long nowMs, out int slot)
    {
        slot = -1;
        AttributeSet? own = null;
        if (request.QueryCount > 0)
        {
            Outcome outcome = ParseAttributes(request);
            if (outcome == Outcome.Ok)
                outcome = _asked.Validate(1, DataType.None);
            if (outcome != Outcome.Ok || ((_asked.Mask | _asked.ClearMask) & ~CompositeAttributes) != 0)
                return Refuse(Outcome.BadRequest, "an attribute is unknown, has no proper value, or belongs to a single path");
            own = _asked;
        }

        slot = _observations.ObserveComposite(account.Index, request.Buffer, request.TokenOffset, request.TokenLength,
            _paths, _pathCount, SingleValues(), format, request.CacheKey(), own, nowMs);
        return Outcome.Ok;
    }

    // One bit for each path that names a single value.
    private long SingleValues()
    {
        long singles = 0;
        for (int index = 0; index < _pathCount; index++)
        {
            long path = _paths[index];
            Lwm2mObject? found = ObservedPath.ResourceId(path) < 0 ? null : _objects.Find(ObservedPath.ObjectId(path));
            int word = found == null ? -1 : found.Definition.Find(ObservedPath.ResourceId(path));
            if (word >= 0 && (ObservedPath.ResourceInstanceId(path) >= 0 || !Resource.IsMultiple(word)))
                singles |= 1L << index;
        }

        return singles;
    }

    private void AnswerObserved(ServerAccount account, CoapResponse response, int slot)
    {
        if (_store != null && !SaveObservation(slot, false))
            return;
        response.ObserveSequence = _observations.NextSequence(slot);
        if (_heard == null)
            return;
        int member = slot;
        while ((member = _observations.NextMember(member)) >= 0)
            _heard.OnObserved(account, _observations.ObjectId(member), _observations.InstanceId(member), _observations.ResourceId(member),
                _observations.ResourceInstanceId(member));
    }

    private void TellCancelled(ServerAccount account, int slot)
    {
        if (_heard == null)
            return;
        for (int member = _observations.IsComposite(slot) ? _observations.NextMember(slot) : slot; member >= 0; member = _observations.NextMember(member))
            _heard.OnObservationCancelled(account, _observations.ObjectId(member), _observations.InstanceId(member),
                _observations.ResourceId(member), _observations.ResourceInstanceId(member));
    }

    private Outcome ReadComposite(ServerAccount account, int slot, CoapResponse into)
    {
        TakeMembers(slot);
        return WritePaths(account, _observations.ContentFormat(slot), into);
    }

    private void TakeMembers(int slot)
    {
        _pathCount = 0;
        int member = slot;
        while ((member = _observations.NextMember(member)) >= 0 && _pathCount < _paths.Length)
            _paths[_pathCount++] = _observations.Path(member);
    }
}
