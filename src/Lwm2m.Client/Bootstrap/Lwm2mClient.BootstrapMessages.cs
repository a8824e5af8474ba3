using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Client;

// Bootstrap-Request and Bootstrap-Pack-Request as messages, and what the answers mean (Core 6.1.7.1, Transport 6.4.2).
public sealed partial class Lwm2mClient
{
    private void SendBootstrapRequest(BootstrapServer bootstrap, bool withFormat, long nowMs)
    {
        CoapRequest request = _coap.BeginRequest(bootstrap.Peer)!;
        request.Code = CoapCode.Post;
        request.AddPath("bs");
        request.AddQuery("ep", Endpoint);
        if (withFormat)
            request.AddQuery("pct", ContentFormat.SenmlCbor);
        SendToBootstrap(bootstrap, request, nowMs);
    }

    // The whole configuration in one answer (LwM2M 1.2). The server is told which instances stay whatever it sends (1.2.1).
    private void SendPackRequest(BootstrapServer bootstrap, long nowMs)
    {
        CoapRequest request = _coap.BeginRequest(bootstrap.Peer)!;
        request.Code = CoapCode.Get;
        request.AddPath("bspack");
        request.AddQuery("ep", Endpoint);
        string account = "acc=</0/" + bootstrap.SecurityInstance + ">";
        if (Security.GetLink(bootstrap.SecurityInstance, SecurityResource.OscoreSecurityMode, out int linkedObject, out int linkedInstance) == Outcome.Ok
            && linkedObject == ObjectIds.Oscore)
            account += ",</21/" + linkedInstance + ">";
        request.AddQuery(account);
        request.Accept = ContentFormat.SenmlCbor;
        SendToBootstrap(bootstrap, request, nowMs);
    }

    private void SendToBootstrap(BootstrapServer bootstrap, CoapRequest request, long nowMs)
    {
        if (_coap.SendRequest(request, ContextBootstrap, nowMs))
            return;
        bootstrap.Failure = BootstrapFailure.TooLarge;
        bootstrap.FailureCode = 0;
        bootstrap.State = BootstrapState.Waiting;
        PauseBootstrap(bootstrap, nowMs);
    }

    private void BootstrapAnswered(CoapMessage answer, long nowMs)
    {
        _accountWork = true;
        BootstrapServer bootstrap = _bootstrap!;
        bootstrap.FailureCode = answer.Code;
        bootstrap.Failure = answer.Code >= 0x80 ? BootstrapFailure.Rejected : BootstrapFailure.BadAnswer;
        FireBootstrap(Meaning(bootstrap, answer), nowMs);
    }

    private BootstrapEvent Meaning(BootstrapServer bootstrap, CoapMessage answer)
    {
        int code = answer.Code;
        if (bootstrap.State == BootstrapState.FetchingPack)
            return code == CoapCode.Content && ApplyPack(bootstrap, answer) ? BootstrapEvent.Provisioned : BootstrapEvent.Failed;
        if (code == CoapCode.Changed)
            return BootstrapEvent.Accepted;
        // What 1.0 does not know was not sent, so sending it less is no other request.
        return code >> 5 == 4 && _highestVersion != LwM2MVersion.V10 ? BootstrapEvent.Refused : BootstrapEvent.Failed;
    }

    private void BootstrapUnanswered(CoapFailure reason, long nowMs)
    {
        _accountWork = true;
        if (reason == CoapFailure.LinkLost || reason == CoapFailure.Cancelled)
            return;
        BootstrapServer bootstrap = _bootstrap!;
        bootstrap.FailureCode = 0;
        bootstrap.Failure = reason switch
        {
            CoapFailure.Timeout => BootstrapFailure.NoAnswer,
            CoapFailure.Reset => BootstrapFailure.Reset,
            CoapFailure.TooLarge => BootstrapFailure.TooLarge,
            _ => BootstrapFailure.BadAnswer
        };
        FireBootstrap(BootstrapEvent.Unanswered, nowMs);
    }
}
