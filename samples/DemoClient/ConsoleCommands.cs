using System;
using System.Globalization;
using System.IO;
using Lwm2m.Client;

namespace Lwm2m.Samples.DemoClient;

/// <summary>The commands on standard input, one a line. What cannot be done gets an <c>error</c> event with the reason.</summary>
internal sealed class ConsoleCommands(Lwm2mClient client, EventLog log, LocalValues values)
{
    /// <summary>What can be typed.</summary>
    public const string Known = "set PATH VALUE, create PATH, delete PATH, send PATH..., update [SSID], bootstrap, sleep, wake, deregister, show [PATH], exit";

    /// <summary>Runs commands until <c>exit</c> or the end of the input.</summary>
    public void Run(TextReader input)
    {
        while (input.ReadLine() is { } line)
        {
            // A command at a time under the client's lock: the runner does not see half of it.
            lock (client.Gate)
            {
                if (!Execute(line))
                    return;
            }
        }
    }

    private bool Execute(string line)
    {
        line = line.TrimStart();
        int end = line.IndexOf(' ', StringComparison.Ordinal);
        string command = end < 0 ? line.TrimEnd() : line[..end];
        string rest = end < 0 ? "" : line[(end + 1)..];
        switch (command)
        {
            case "":
                return true;
            case "set":
                Set(rest.TrimStart());
                return true;
            case "create":
                Create(rest.Trim());
                return true;
            case "delete":
                Delete(rest.Trim());
                return true;
            case "send":
                Send(rest);
                return true;
            case "update":
                Update(rest.Trim());
                return true;
            case "deregister":
                if (TakesNothing(command, rest))
                    client.Stop();
                return true;
            case "bootstrap":
                if (TakesNothing(command, rest) && !client.Bootstrap())
                    log.Error("not-supported", "bootstrap: there is no bootstrap server.");
                return true;
            case "sleep":
                if (TakesNothing(command, rest) && !client.Sleep())
                    log.Error("not-in-queue-mode", "sleep: no registration in queue mode is awake.");
                return true;
            case "wake":
                if (TakesNothing(command, rest) && !client.WakeUp())
                    log.Error("not-asleep", "wake: the client does not sleep.");
                return true;
            case "show":
                Show(rest.Trim());
                return true;
            case "exit":
                return !TakesNothing(command, rest);
            default:
                log.Error("unknown-command", $"'{command}' is no command; there are {Known}.");
                return true;
        }
    }

    private bool TakesNothing(string command, string rest)
    {
        if (rest.Trim().Length == 0)
            return true;
        log.Error("bad-command", $"'{command}' takes nothing after it, but got '{rest}'.");
        return false;
    }

    // VALUE is the rest of the line as it is: a text may begin or end with blanks, or be empty.
    private void Set(string rest)
    {
        int end = rest.IndexOf(' ', StringComparison.Ordinal);
        string text = end < 0 ? "" : rest[(end + 1)..];
        if (!Parse(end < 0 ? rest : rest[..end], "set PATH VALUE", out ResourcePath path))
            return;
        if (path.Level < 3)
        {
            log.Error("bad-path", $"set: {path} is no resource.");
            return;
        }

        if (!Find(path, "set", out StoredObject? target, out int word))
            return;
        if (Resource.IsExecutable(word))
            log.Error("not-supported", $"set: {path} is executable and has no value.");
        else if (Resource.IsMultiple(word) && path.Level == 3)
            log.Error("bad-path", $"set: {path} has instances; name one, such as {path}/0.");
        else if (!Resource.IsMultiple(word) && path.Level == 4)
            log.Error("bad-path", $"set: {path}: the resource has no instances.");
        else
            Report(target!.SetText(path.InstanceId, path.ResourceId, path.ResourceInstanceId, text), path, Resource.Type(word).ToString(), text);
    }

    private void Report(Outcome outcome, ResourcePath path, string type, string text)
    {
        switch (outcome)
        {
            case Outcome.Ok:
                // Each value that is typed is a value of its own: observers see all of them.
                client.Flush();
                return;
            case Outcome.ServiceUnavailable:
                log.Error("full", $"set: {path}: the object has no room for another value.");
                return;
            case Outcome.RequestEntityTooLarge:
                log.Error("bad-value", $"set: {path}: the value is too long.");
                return;
            default:
                log.Error("bad-value", $"set: {path}: '{text}' is no {type} or out of range.");
                return;
        }
    }

    private void Create(string rest)
    {
        if (!ParseInstance(rest, "create", out ResourcePath path, out StoredObject? target))
            return;
        if (target!.HasInstance(path.InstanceId))
        {
            log.Error("exists", $"create: {path} exists already.");
            return;
        }

        if (target.InstanceCount >= target.Definition.MaxInstances || (target.Definition.IsSingle && path.InstanceId != 0))
        {
            log.Error("full", $"create: {path}: the object takes no more instances.");
            return;
        }

        target.AddInstance(path.InstanceId);
        log.Path("created", 0, path);
    }

    private void Delete(string rest)
    {
        if (!ParseInstance(rest, "delete", out ResourcePath path, out StoredObject? target))
            return;
        if (!target!.HasInstance(path.InstanceId))
        {
            log.Error("not-found", $"delete: there is no {path}.");
            return;
        }

        if (path.ObjectId <= ObjectIds.Device)
        {
            log.Error("not-supported", $"delete: {path} goes with its account or its device.");
            return;
        }

        target.RemoveInstance(path.InstanceId);
        log.Path("deleted", 0, path);
    }

    // To every server that is registered and does not mute Send (/1/x/23).
    private void Send(string rest)
    {
        string[] paths = rest.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (paths.Length == 0)
        {
            log.Error("bad-path", "The path is missing: send PATH...");
            return;
        }

        foreach (string text in paths)
            if (!Parse(text, "send PATH...", out _))
                return;
        Outcome outcome = client.Send(0, paths, out _);
        if (outcome != Outcome.Ok)
            log.Failed("send-failed", 0, ReasonOf(outcome), 0, -1);
    }

    private static string ReasonOf(Outcome outcome) => outcome switch
    {
        Outcome.Forbidden => "muted",
        Outcome.NotFound => "not-found",
        Outcome.MethodNotAllowed => "not-readable",
        Outcome.Unauthorized => "not-allowed",
        Outcome.PreconditionFailed => "not-registered",
        Outcome.ServiceUnavailable => "full",
        Outcome.RequestEntityTooLarge => "too-large",
        _ => "failed",
    };

    private void Update(string rest)
    {
        int ssid = 0;
        if (rest.Length > 0 && (!int.TryParse(rest, NumberStyles.None, CultureInfo.InvariantCulture, out ssid) || ssid == 0))
        {
            log.Error("bad-command", $"update: '{rest}' is no Short Server ID.");
            return;
        }

        for (int index = 0; index < client.AccountCount; index++)
        {
            ServerAccount account = client.Account(index);
            if ((ssid == 0 || account.ShortServerId == ssid) && account.State is RegistrationState.Off or RegistrationState.Deregistering)
            {
                log.Error("not-registered", "update: the client left this server.", account.ShortServerId);
                return;
            }
        }

        if (!client.Update(ssid))
            log.Error("not-found", $"update: there is no server with ssid {ssid}.");
    }

    private void Show(string rest)
    {
        if (rest.Length == 0 || rest == "/")
        {
            foreach (int objectId in FactoryObjects.Ids)
                ShowObject(client.Find(objectId)!);
            return;
        }

        if (!Parse(rest, "show [PATH]", out ResourcePath path))
            return;
        Lwm2mObject? found = client.Find(path.ObjectId);
        int word = found == null || path.Level < 3 ? Resource.NotDefined : found.Definition.Find(path.ResourceId);
        if (found == null || (path.Level >= 2 && !found.HasInstance(path.InstanceId)) || (path.Level >= 3 && (word < 0 || !values.Has(path))))
            log.Error("not-found", $"show: there is no {path}.");
        else if (path.Level == 1)
            ShowObject(found);
        else if (path.Level == 2)
            ShowInstance(found, path.InstanceId);
        else
            log.Value("value", 0, path, values);
    }

    private void ShowObject(Lwm2mObject found)
    {
        for (int position = 0; position < found.InstanceCount; position++)
            ShowInstance(found, found.InstanceAt(position));
    }

    private void ShowInstance(Lwm2mObject found, int instance)
    {
        for (int position = 0; position < found.Definition.Count; position++)
        {
            var path = new ResourcePath(found.Definition.ObjectId, instance, Resource.Id(found.Definition.At(position)));
            if (values.Has(path))
                log.Value("value", 0, path, values);
        }
    }

    private bool ParseInstance(string text, string command, out ResourcePath path, out StoredObject? target)
    {
        target = null;
        if (!Parse(text, command + " PATH", out path))
            return false;
        if (path.Level != 2)
        {
            log.Error("bad-path", $"{command}: {path} is no object instance.");
            return false;
        }

        target = client.Find(path.ObjectId) as StoredObject;
        if (target != null)
            return true;
        log.Error("not-found", $"{command}: there is no object /{path.ObjectId}.");
        return false;
    }

    private bool Find(ResourcePath path, string command, out StoredObject? target, out int word)
    {
        target = client.Find(path.ObjectId) as StoredObject;
        word = target == null ? Resource.NotDefined : target.Definition.Find(path.ResourceId);
        if (target != null && word >= 0 && target.HasInstance(path.InstanceId))
            return true;
        string missing = target == null ? $"object /{path.ObjectId}"
            : word < 0 ? $"resource {path.ResourceId} in object /{path.ObjectId}"
            : $"instance /{path.ObjectId}/{path.InstanceId}";
        log.Error("not-found", $"{command}: there is no {missing}.");
        return false;
    }

    private bool Parse(string text, string usage, out ResourcePath path)
    {
        if (ResourcePath.TryParse(text, out path))
            return true;
        log.Error("bad-path", text.Length == 0
            ? $"The path is missing: {usage}."
            : $"'{text}' is no path of one to four ids below 65535, such as /3303/0/5700: {usage}.");
        return false;
    }
}
