using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using Lwm2m.Coap;
using Lwm2m.Formats;

namespace Lwm2m.Samples;

// The bootstrap interface (Core 6.1): POST /bs and GET /bspack by the client, then the steps of its plan.
public sealed partial class LocalServer
{
    // Where a client does not say which instance is its account of the bootstrap server, it is likely to be the first.
    private static readonly int[] LikelyBootstrapInstance = [0];

    private readonly Dictionary<string, BootstrapPlan> _plans = new();
    private readonly Dictionary<string, BootstrapSession> _bootstraps = new();
    private readonly Channel<BootstrapSession> _begun =
        Channel.CreateBounded<BootstrapSession>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>A client asked to be bootstrapped, and was not refused.</summary>
    public event EventHandler<BootstrapEventArgs>? BootstrapBegun;

    /// <summary>A step of a bootstrap was answered, or failed.</summary>
    public event EventHandler<BootstrapEventArgs>? BootstrapStepped;

    /// <summary>A bootstrap ended: see <see cref="BootstrapSession.Ended"/>.</summary>
    public event EventHandler<BootstrapEventArgs>? BootstrapEnded;

    /// <summary>Sets the plan of an endpoint, or of all that have none of their own.</summary>
    /// <param name="endpoint">Endpoint name; <c>*</c> for all others.</param>
    /// <param name="plan">The plan; null: the endpoint is refused with 4.00, as one that nobody knows.</param>
    public void Provision(string endpoint, BootstrapPlan? plan)
    {
        lock (_gate)
        {
            if (plan == null)
                _plans.Remove(endpoint);
            else
                _plans[endpoint] = plan;
        }
    }

    /// <summary>Gives an endpoint the usual plan for some accounts: see <see cref="BootstrapPlan.For(BootstrapAccount[])"/>.</summary>
    /// <param name="endpoint">Endpoint name; <c>*</c> for all others.</param>
    /// <param name="accounts">One or several.</param>
    public void Provision(string endpoint, params BootstrapAccount[] accounts) => Provision(endpoint, BootstrapPlan.For(accounts));

    /// <summary>The plan that an endpoint gets; null when it is refused. At first all get an account at this server.</summary>
    /// <param name="endpoint">Endpoint name.</param>
    public BootstrapPlan? PlanOf(string endpoint)
    {
        lock (_gate)
        {
            return _plans.GetValueOrDefault(endpoint) ?? _plans.GetValueOrDefault("*");
        }
    }

    /// <summary>Waits for the next bootstrap that was not handed out yet; it has only begun then. Of those, the last 1,000 are kept.</summary>
    /// <param name="stop">Ends the wait.</param>
    public ValueTask<BootstrapSession> NextBootstrapAsync(CancellationToken stop = default) => _begun.Reader.ReadAsync(stop);

    private void OnBs(Remote remote, CoapMessage request, CoapResponse response)
    {
        Dictionary<string, string> query = QueryOf(request);
        if (request.Code != CoapCode.Post)
            Refuse(response, CoapCode.MethodNotAllowed, "only POST asks for a bootstrap");
        else if (Faults.TakeBootstrap(out int code))
            Refuse(response, code, "as told");
        else if (FindPlan(query, "pct", response, out string endpoint) is { } plan && TryReadFormat(query, response, out int? format))
            BeginBootstrap(new BootstrapSession(endpoint, remote, format, false, LikelyBootstrapInstance), plan, response);
    }

    private void BeginBootstrap(BootstrapSession session, BootstrapPlan plan, CoapResponse response)
    {
        if (_bootstraps.TryGetValue(session.Endpoint, out BootstrapSession? old))
            _ = old.Stop.CancelAsync();
        _bootstraps[session.Endpoint] = session;
        _begun.Writer.TryWrite(session);
        Post(() => BootstrapBegun?.Invoke(this, new BootstrapEventArgs(session)));
        List<BootstrapStep> steps = plan.Steps.ToList();
        if (Faults.TakeEarlyFinish())
        {
            int firstWrite = steps.FindIndex(s => s.Operation == BootstrapOperation.Write);
            steps.Insert(Math.Max(firstWrite, 0), BootstrapStep.Finish(mayFail: true));
        }
        if (Faults.TakeNoFinish())
            steps.RemoveAll(s => s.Operation == BootstrapOperation.Finish);
        response.Code = CoapCode.Changed;
        // On another thread it waits until this answer went out.
        _ = Task.Run(() => RunAsync(session, steps));
    }

    private async Task RunAsync(BootstrapSession session, List<BootstrapStep> steps)
    {
        BootstrapOutcome outcome = BootstrapOutcome.Unfinished;
        try
        {
            foreach (BootstrapStep step in steps)
            {
                BootstrapStepResult result = await TakeAsync(session, step).ConfigureAwait(false);
                session.Add(result);
                Post(() => BootstrapStepped?.Invoke(this, new BootstrapEventArgs(session, result)));
                if (result.IsSuccess && step.Operation == BootstrapOperation.Discover && step.Path.Level == 0)
                    session.SetTakenSecurity(result.Answer!.Links);
                if (result.IsSuccess && step.Operation == BootstrapOperation.Finish)
                {
                    outcome = BootstrapOutcome.Succeeded;
                    break;
                }
                if (!result.IsSuccess && !result.IsLost && !step.MayFail)
                {
                    outcome = BootstrapOutcome.Failed;
                    break;
                }
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or ExchangeFailedException)
        {
            outcome = BootstrapOutcome.Abandoned;
        }
        catch (Exception problem) when (problem is ArgumentException or InvalidOperationException)
        {
            outcome = BootstrapOutcome.Failed;
            _options.Log?.Invoke($"The plan of {session.Endpoint} cannot be sent: {problem.Message}");
        }
        EndBootstrap(session, outcome);
    }

    private async Task<BootstrapStepResult> TakeAsync(BootstrapSession session, BootstrapStep step)
    {
        OperationRequest request = step.ToRequest(session, Encode);
        session.Stop.Token.ThrowIfCancellationRequested();
        if (Faults.TakeStep())
            return new BootstrapStepResult(step, request, null, null);
        try
        {
            Answer answer = await SendAsync(session.Remote, session.Endpoint, request, session.Stop.Token).ConfigureAwait(false);
            return new BootstrapStepResult(step, request, answer, null);
        }
        catch (ExchangeFailedException problem) when (problem.Reason != CoapFailure.Cancelled)
        {
            return new BootstrapStepResult(step, request, null, problem.Reason);
        }
    }

    private void EndBootstrap(BootstrapSession session, BootstrapOutcome outcome)
    {
        lock (_gate)
        {
            if (_bootstraps.GetValueOrDefault(session.Endpoint) == session)
                _bootstraps.Remove(session.Endpoint);
        }
        session.SetEnded(outcome);
        Post(() => BootstrapEnded?.Invoke(this, new BootstrapEventArgs(session)));
    }

    /// <summary>The whole plan in one answer (LwM2M 1.2).</summary>
    private void OnBsPack(Remote remote, CoapMessage request, CoapResponse response)
    {
        Dictionary<string, string> query = QueryOf(request);
        if (request.Code != CoapCode.Get)
        {
            Refuse(response, CoapCode.MethodNotAllowed, "only GET asks for a pack");
            return;
        }
        if (Faults.TakePack(out int code))
        {
            Refuse(response, code, "as told");
            return;
        }
        if (FindPlan(query, "acc", response, out string endpoint) is not { } plan)
            return;
        if (!plan.OffersPack || Faults.HasBootstrapFaults)
        {
            Refuse(response, CoapCode.NotImplemented, "no pack, but steps: POST /bs");
            return;
        }
        int format = request.Accept < 0 ? ContentFormat.SenmlCbor : request.Accept;
        if (format is not (ContentFormat.SenmlCbor or ContentFormat.SenmlJson or ContentFormat.Lwm2mCbor))
        {
            Refuse(response, CoapCode.NotAcceptable, "packs come in 112, 110 or 11544");
            return;
        }
        // Absent where the account has the name "0", see LikelyBootstrapInstance.
        IEnumerable<int> taken = query.TryGetValue("acc", out string? links)
            ? BootstrapSession.SecurityInstances(_codec.Decode(Lwm2mPath.Root, ContentFormat.LinkFormat, Encoding.UTF8.GetBytes(links)).Links)
            : LikelyBootstrapInstance;
        var session = new BootstrapSession(endpoint, remote, request.Accept < 0 ? null : format, true, taken);
        List<IReadOnlyList<ResourceRecord>?> writes =
            plan.Steps.Where(s => s.Operation == BootstrapOperation.Write).Select(s => s.ValuesFor(session)).ToList();
        if (writes.Contains(null))
        {
            Refuse(response, CoapCode.NotImplemented, "the plan has bodies that are no list of values");
            return;
        }
        byte[] body;
        try
        {
            body = _codec.Encode(Lwm2mPath.Root, format, writes.SelectMany(w => w!));
        }
        catch (ArgumentException problem)
        {
            Refuse(response, CoapCode.InternalServerError, problem.Message);
            return;
        }
        if (body.Length > response.PayloadCapacity)
        {
            Refuse(response, CoapCode.InternalServerError, "the plan is too large for a pack");
            return;
        }
        response.Code = CoapCode.Content;
        response.ContentFormat = format;
        body.CopyTo(response.Payload, response.PayloadOffset);
        response.PayloadLength = body.Length;
        session.SetEnded(BootstrapOutcome.Succeeded);
        _begun.Writer.TryWrite(session);
        Post(() => BootstrapBegun?.Invoke(this, new BootstrapEventArgs(session)));
        Post(() => BootstrapEnded?.Invoke(this, new BootstrapEventArgs(session)));
    }

    private BootstrapPlan? FindPlan(Dictionary<string, string> query, string optional, CoapResponse response, out string endpoint)
    {
        endpoint = query.GetValueOrDefault("ep", "");
        string? stranger = query.Keys.FirstOrDefault(k => k != "ep" && k != optional);
        if (stranger != null)
            Refuse(response, CoapCode.BadRequest, $"{stranger} is no parameter of a bootstrap");
        else if (endpoint.Length == 0)
            Refuse(response, CoapCode.BadRequest, "ep is missing");
        else if (PlanOf(endpoint) is { } plan)
            return plan;
        else
            Refuse(response, CoapCode.BadRequest, $"nobody knows {endpoint}");
        return null;
    }

    private static bool TryReadFormat(Dictionary<string, string> query, CoapResponse response, out int? format)
    {
        format = null;
        if (!query.TryGetValue("pct", out string? text))
            return true;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            && number is ContentFormat.SenmlJson or ContentFormat.SenmlCbor or ContentFormat.Tlv or ContentFormat.Lwm2mCbor)
        {
            format = number;
            return true;
        }
        Refuse(response, CoapCode.UnsupportedContentFormat, "pct is 110, 112, 11542 or 11544");
        return false;
    }

    private static Dictionary<string, string> QueryOf(CoapMessage request)
    {
        var query = new Dictionary<string, string>();
        for (int i = 0; i < request.QueryCount; i++)
        {
            int offset = request.Query(i, out int length);
            string[] parts = Encoding.UTF8.GetString(request.Buffer, offset, length).Split('=', 2);
            query[parts[0]] = parts.Length == 1 ? "" : parts[1];
        }
        return query;
    }
}
