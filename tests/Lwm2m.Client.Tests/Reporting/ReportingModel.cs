using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Lwm2m.Client.Tests.Reporting;

/// <summary>The rules of reporting once more, with no thought for cost: everything is looked at at every moment.</summary>
internal sealed class ReportingModel
{
    private static readonly string[] Conditions = { "gt", "lt", "st", "edge" };

    public List<Observation> Observations { get; } = new();

    public Dictionary<(int Server, string Path), Dictionary<string, double>> Attached { get; } = new();

    public Dictionary<string, double> Defaults { get; } = new();

    public Dictionary<string, double> Values { get; } = new();

    public List<string> Sent { get; } = new();

    internal sealed class Observation
    {
        public int Server;
        public int Token;
        public string Path = "";
        public Dictionary<string, double>? Own;
        public int Sequence;
        public double LastSent;
        public double LastJudged;
        public double LastConfirmable;
        public double LastValue;
        public double LastSeen;
        public bool Dirty;
        public bool Owed;
    }

    public void Observe(int server, int token, string path, Dictionary<string, double>? own, double now, int capacity)
    {
        Observation? old = Find(server, token);
        if (old != null)
            Observations.Remove(old);
        if (Observations.Count == capacity)
            return;
        Observations.Add(new Observation
        {
            Server = server, Token = token, Path = path, Own = own, Sequence = (old?.Sequence ?? 0) + 1,
            LastSent = now, LastJudged = now, LastConfirmable = now, LastValue = Values[path], LastSeen = Values[path]
        });
    }

    public Observation? Find(int server, int token) => Observations.Find(o => o.Server == server && o.Token == token);

    public void Changed(string path)
    {
        foreach (Observation observation in Observations)
            if ((observation.Path + "/").StartsWith(path + "/", StringComparison.Ordinal) || (path + "/").StartsWith(observation.Path + "/", StringComparison.Ordinal))
                observation.Dirty = true;
    }

    public void Tick(double now)
    {
        foreach (Observation observation in Observations)
            Judge(observation, now);
    }

    private Dictionary<string, double> InForce(Observation observation)
    {
        var inForce = new Dictionary<string, double>(Defaults);
        if (observation.Own != null)
        {
            foreach ((string name, double value) in observation.Own)
                inForce[name] = value;
            return inForce;
        }

        string[] parts = observation.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int level = 1; level <= parts.Length; level++)
            if (Attached.TryGetValue((observation.Server, "/" + string.Join('/', parts.Take(level))), out Dictionary<string, double>? attached))
                foreach ((string name, double value) in attached)
                    inForce[name] = value;
        return inForce;
    }

    private void Judge(Observation o, double now)
    {
        Dictionary<string, double> inForce = InForce(o);
        double Get(string name) => inForce.TryGetValue(name, out double value) ? value : 0;
        bool single = o.Path.Count(c => c == '/') >= 3;
        double value = Values[o.Path];
        bool evaluate = o.Dirty && now - o.LastJudged >= Get("epmin") || Get("epmax") > 0 && now - o.LastJudged >= Get("epmax");
        if (evaluate)
        {
            bool holds = !single ? o.Dirty
                : !Conditions.Any(inForce.ContainsKey) ? value != o.LastValue
                : inForce.TryGetValue("gt", out double gt) && o.LastValue <= gt && value > gt
                    || inForce.TryGetValue("lt", out double lt) && o.LastValue >= lt && value < lt
                    || inForce.TryGetValue("st", out double st) && value != o.LastValue && Math.Abs(value - o.LastValue) >= st
                    || inForce.TryGetValue("edge", out double edge) && value != o.LastSeen && (value != 0) == (edge == 1);
            o.LastSeen = value;
            o.Owed |= holds;
            o.Dirty = false;
            o.LastJudged = now;
        }

        double pmax = Get("pmax") < Get("pmin") ? 0 : Get("pmax");
        if (pmax > 0 && now - o.LastSent >= pmax)
            o.Owed = true;
        if (!o.Owed || now - o.LastSent < Get("pmin"))
            return;
        bool confirmable = Get("con") == 1 || now - o.LastConfirmable + pmax >= 86_400;
        o.Owed = o.Dirty = false;
        o.LastSent = o.LastJudged = now;
        if (confirmable)
            o.LastConfirmable = now;
        o.LastValue = o.LastSeen = value;
        o.Sequence++;
        Sent.Add(string.Create(CultureInfo.InvariantCulture,
            $"{now}s {(o.Server == 0 ? "" : "server " + o.Server + " ")}{(confirmable ? "CON" : "NON")} #{o.Sequence} {o.Path}={value}"));
    }
}
