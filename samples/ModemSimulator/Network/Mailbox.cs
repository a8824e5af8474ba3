using System.Collections.Generic;

namespace Lwm2m.Samples.ModemSimulator;

/// <summary>What waits at the service centre for one device: delivered one after the other, each when the one before was acknowledged.</summary>
internal sealed class Mailbox(CellularNetwork network, ISubscriber subscriber)
{
    private readonly List<ShortMessage> _waiting = [];
    private bool _isBusy;
    private int _attempts;

    public int Count => _waiting.Count;

    public void Add(ShortMessage message, bool overtakes)
    {
        // The first may be on its way already.
        int last = _waiting.Count - 1;
        if (overtakes && last >= (_isBusy ? 1 : 0))
            _waiting.Insert(last, message);
        else
            _waiting.Add(message);
        network.Loop.Post(Deliver);
    }

    private void Deliver()
    {
        if (_isBusy || _waiting.Count == 0)
            return;
        _isBusy = true;
        subscriber.Page(() =>
        {
            ShortMessage message = _waiting[0];
            network.CountSms(subscriber, message, AirDirection.Down);
            subscriber.Deliver(message, isTaken => OnReport(message, isTaken));
        });
    }

    private void OnReport(ShortMessage message, bool isTaken)
    {
        _isBusy = false;
        if (isTaken || ++_attempts >= network.Options.SmsAttempts)
        {
            _waiting.Remove(message);
            _attempts = 0;
            if (isTaken)
                network.OnDelivered(message);
            network.Loop.Post(Deliver);
            return;
        }
        _isBusy = true;
        network.Loop.After(network.Options.SmsRetryInterval, () =>
        {
            _isBusy = false;
            Deliver();
        });
    }
}
