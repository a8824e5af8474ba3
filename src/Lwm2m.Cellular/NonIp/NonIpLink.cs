namespace Lwm2m.Cellular;

/// <summary>A link over a context of its own.</summary>
internal sealed class NonIpLink : ModemLink
{
    public NonIpLink(int index)
        : base(index)
    {
    }

    /// <summary>Place of its access point name in the table.</summary>
    public int ApnIndex { get; set; }

    /// <summary>What the contract allows.</summary>
    public RateBudget? Contract { get; set; }

    /// <summary>What the operator tells that it allows (<c>+CGAPNRC</c>).</summary>
    public RateBudget? Operator { get; set; }

    /// <summary>What the serving network allows (<c>+CGCONTRDP</c>).</summary>
    public RateBudget? Network { get; set; }

    /// <summary>Message id of a CON that has no answer yet; -1 for none.</summary>
    public int AwaitedId { get; set; } = -1;
}
