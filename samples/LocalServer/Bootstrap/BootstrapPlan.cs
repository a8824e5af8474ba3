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
    /// The usual plan: delete everything, ask what is left (the account of the bootstrap server, whose instance must be kept), write the
    /// accounts, finish.
    /// </summary>
    /// <param name="accounts">One or several.</param>
    public static BootstrapPlan For(params BootstrapAccount[] accounts) => For(accounts, []);

    /// <summary>The usual plan with access control.</summary>
    /// <param name="accounts">One or several.</param>
    /// <param name="rules">Instances of object 2; they mean something where there is more than one account.</param>
    public static BootstrapPlan For(IEnumerable<BootstrapAccount> accounts, IEnumerable<AccessRule> rules)
    {
        var plan = new BootstrapPlan(BootstrapStep.Delete(Lwm2mPath.Root), BootstrapStep.Discover(Lwm2mPath.Root, mayFail: true));
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
