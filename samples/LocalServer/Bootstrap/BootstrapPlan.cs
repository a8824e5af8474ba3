using System;
using System.Collections.Generic;
using System.Linq;

namespace Lwm2m.Samples;

/// <summary>What a bootstrap does, step by step. Changes count for the bootstraps that begin after them.</summary>
public sealed class BootstrapPlan
{
    private readonly List<BootstrapStep> _steps = new();

    /// <summary>Makes a plan.</summary>
    /// <param name="steps">The steps; a plan without <see cref="BootstrapOperation.Finish"/> never finishes.</param>
    public BootstrapPlan(params BootstrapStep[] steps)
    {
        _steps.AddRange(steps);
    }

    /// <summary>
    /// True: a client that asks for a Pack (LwM2M 1.2) gets the content of all Writes as one. False: it is answered 5.01, and asks for the
    /// steps. True at first for the usual plan alone.
    /// </summary>
    public bool OffersPack { get; set; }

    /// <summary>The steps, in order.</summary>
    public IReadOnlyList<BootstrapStep> Steps
    {
        get
        {
            lock (_steps)
            {
                return _steps.ToArray();
            }
        }
    }

    /// <summary>
    /// The usual plan: delete the accounts and access rules there are, ask what is left (the account of the bootstrap server, whose instance
    /// must be kept), write the accounts, finish. Other objects stay as they are.
    /// </summary>
    /// <param name="accounts">One or several.</param>
    public static BootstrapPlan For(params BootstrapAccount[] accounts) => For(accounts, []);

    /// <summary>The usual plan with access control.</summary>
    /// <param name="accounts">One or several.</param>
    /// <param name="rules">Instances of object 2; they mean something where there is more than one account.</param>
    public static BootstrapPlan For(IEnumerable<BootstrapAccount> accounts, IEnumerable<AccessRule> rules)
    {
        // Not every client has object 2, and one of 1.0 need not know Discover.
        var plan = new BootstrapPlan(
            BootstrapStep.Delete("/0"), BootstrapStep.Delete("/1"), BootstrapStep.Delete("/2", mayFail: true), BootstrapStep.Discover("/", mayFail: true))
        {
            OffersPack = true,
        };
        List<BootstrapAccount> list = accounts.ToList();
        foreach (BootstrapAccount account in list)
            plan.Add(BootstrapStep.WriteSecurity(account));
        for (int i = 0; i < list.Count; i++)
        {
            int instance = list[i].ServerInstance ?? i;
            plan.Add(BootstrapStep.Write(new Lwm2mPath(1, instance), list[i].ServerRecords(instance)));
        }
        int rule = 0;
        foreach (AccessRule access in rules)
        {
            plan.Add(BootstrapStep.Write(new Lwm2mPath(2, rule), access.Records(rule)));
            rule++;
        }
        return plan.Add(BootstrapStep.Finish());
    }

    /// <summary>Adds a step at the end.</summary>
    /// <param name="step">The step.</param>
    /// <returns>The plan itself.</returns>
    public BootstrapPlan Add(BootstrapStep step)
    {
        lock (_steps)
        {
            _steps.Add(step);
        }
        return this;
    }

    /// <summary>The steps on one line.</summary>
    public override string ToString() => string.Join(", ", Steps.Select(s => s.ToString()));
}
