using Lwm2m.Transport;

namespace Lwm2m.Client;

// When an attempt follows another, in which order servers have their turn, and when all that comes to nothing (Core 6.2.1.2, /1/x/13 to 20).
public sealed partial class Lwm2mClient
{
    // Attempts a sequence, and sequences, where the Server object does not say (recommended values).
    private const int DefaultAttempts = 5;
    private const int DefaultSequences = 1;

    // An infinite pause (MAX_VALUE in /1/x/19) is a day: this client never gives up for good.
    private const long DayMs = 86_400_000;

    private void Pause(ServerAccount account, long nowMs)
    {
        account.Pending |= account.UnderWay;
        account.UnderWay = 0;
        ITransport? transport = _linkTransports[account.Index];
        bool isStream = transport != null && transport.IsReliable;
        CloseLink(account, nowMs);
        account.AskedTransport = (char)0;
        account.Attempts++;
        long pauseMs = PauseMs(account, isStream);
        account.DueMs = nowMs + pauseMs;
        // What was pending goes with the next Register as a whole.
        account.Pending &= ~ServerAccount.PendingUpdateMask;
        bool failed = account.Attempts % (AttemptsPerSequence(account) * Sequences(account)) == 0;
        if (failed)
            account.Flags |= ServerAccount.FinallyFailed;
        account.Count(ServerAccount.Failures, 1);
        _heard?.OnRegistrationFailed(account, pauseMs);
        if (failed)
            FailFinally(account, nowMs);
    }

    // The servers behind this one may go on, and the bootstrap server may know better. That an absent /1/x/16 means true is taken for
    // the client as a whole: it bootstraps anew when no server is left, and for one server alone where that is said.
    private void FailFinally(ServerAccount account, long nowMs)
    {
        _accountWork = true;
        // The server may have learned a higher version meanwhile.
        account.Version = FirstVersion(account);
        bool isSet = Servers.GetBoolean(account.ServerInstance, ServerResource.BootstrapOnRegistrationFailure, out bool bootstraps) == Outcome.Ok;
        if (isSet ? bootstraps : HaveAllFailed())
            WantBootstrap(nowMs);
    }

    private bool HaveAllFailed()
    {
        for (int index = 0; index < _accountCount; index++)
            if ((_accounts[index].Flags & ServerAccount.FinallyFailed) == 0)
                return false;
        return true;
    }

    private int AttemptsPerSequence(ServerAccount account) => Count(account, ServerResource.CommunicationRetryCount, DefaultAttempts);

    private int Sequences(ServerAccount account) => Count(account, ServerResource.CommunicationSequenceRetryCount, DefaultSequences);

    // 0 would be no attempt at all.
    private int Count(ServerAccount account, int resource, int absent)
    {
        if (Servers.GetUnsigned(account.ServerInstance, resource, out ulong count) != Outcome.Ok || count == 0)
            return absent;
        return count < 1000 ? (int)count : 1000;
    }

    // Servers with an order (/1/x/13) come one after the other, those without at once: each that is before this one is registered, or
    // has failed for good and does not block the others (/1/x/15).
    private bool IsTurnOf(ServerAccount account)
    {
        if (_accountCount == 1 || !Order(account, out ulong own))
            return true;
        for (int index = 0; index < _accountCount; index++)
        {
            ServerAccount other = _accounts[index];
            if (other == account || !Order(other, out ulong order) || order > own || (order == own && index > account.Index))
                continue;
            if (other.LocationLength > 0 && (other.IsRegistered || other.State == RegistrationState.Disabled))
                continue;
            bool blocks = Servers.GetBoolean(other.ServerInstance, ServerResource.RegistrationFailureBlock, out bool isSet) == Outcome.Ok && isSet;
            if (blocks || (other.Flags & ServerAccount.FinallyFailed) == 0)
                return false;
        }

        return true;
    }

    private bool Order(ServerAccount account, out ulong order) =>
        Servers.GetUnsigned(account.ServerInstance, ServerResource.RegistrationPriorityOrder, out order) == Outcome.Ok;

    // Counts until the first registration of the account only: the client of a known server does not wait.
    private long InitialDelayMs(ServerAccount account)
    {
        if (account.LocationLength > 0)
            return 0;
        return Servers.GetUnsigned(account.ServerInstance, ServerResource.InitialRegistrationDelayTimer, out ulong delay) == Outcome.Ok ? Capped(delay) : 0;
    }

    // The highest version that both sides speak, where the server's are known (/1/x/25, LwM2M 1.2).
    private LwM2MVersion FirstVersion(ServerAccount account)
    {
        int best = -1;
        int at = -1;
        while ((at = Servers.NextInstance(account.ServerInstance, ServerResource.SupportedServerVersions, at)) >= 0)
        {
            if (Servers.GetString(account.ServerInstance, ServerResource.SupportedServerVersions, out string version, at) != Outcome.Ok)
                continue;
            // "1.1", "1.2.1": major and minor count.
            if (version.Length >= 3 && version[0] == '1' && version[1] == '.' && version[2] >= '0' && version[2] <= '9')
            {
                int minor = version[2] - '0';
                if (minor <= (int)_highestVersion && minor > best)
                    best = minor;
            }
        }

        return best < 0 ? _highestVersion : (LwM2MVersion)best;
    }

    // Core 6.2.1.2: timer * 2^(attempt - 1), /1/x/17 attempts a sequence, /1/x/19 between sequences. Where the server object
    // sets no timer, our own growing pause, spread by a quarter so that a fleet does not come back in one instant.
    private long PauseMs(ServerAccount account, bool isStream)
    {
        int instance = account.ServerInstance;
        if (Servers.GetUnsigned(instance, ServerResource.CommunicationRetryTimer, out ulong timer) == Outcome.Ok && timer > 0)
        {
            int attempt = account.Attempts % AttemptsPerSequence(account);
            if (attempt > 0)
                return Grown(Capped(timer), attempt, DayMs);
            return Servers.GetUnsigned(instance, ServerResource.CommunicationSequenceDelayTimer, out ulong delay) == Outcome.Ok ? Capped(delay) : DayMs;
        }

        return isStream && account.LastFailure != RegistrationFailure.Rejected
            ? Grown(FirstReconnectMs, account.Attempts, LongestReconnectMs)
            : OwnPauseMs(account.Attempts);
    }

    private long OwnPauseMs(int attempts)
    {
        long pause = Grown(_firstRetrySeconds * 1000L, attempts, _longestRetrySeconds * 1000L);
        int quarter = (int)(pause / 4);
        return quarter == 0 ? pause : pause + (_random.Next() & 0x7FFFFFFF) % quarter;
    }

    private static long Capped(ulong seconds) => seconds < (ulong)(DayMs / 1000) ? (long)seconds * 1000 : DayMs;

    private static long Grown(long firstMs, int attempt, long longestMs)
    {
        long pause = firstMs;
        for (int doubled = 1; doubled < attempt && pause < longestMs; doubled++)
            pause *= 2;
        return pause < longestMs ? pause : longestMs;
    }
}
