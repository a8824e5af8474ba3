using System;
using System.Threading.Tasks;
using NUnit.Framework;

namespace Lwm2m.Bearers.Tests;

/// <summary>A secure session around every message, over each bearer.</summary>
[TestFixture("UDP")]
[TestFixture("TCP")]
[TestFixture("TLS")]
[TestFixture("SMS")]
[TestFixture("non-IP")]
[TestFixture("modem UDP")]
[TestFixture("modem TCP")]
[Parallelizable(ParallelScope.Self)]
public sealed class SecuredTests : EssentialsTest
{
    private readonly string _bearer;

    public SecuredTests(string bearer) => _bearer = bearer;

    protected override Task<Bench> MakeBenchAsync() => _bearer switch
    {
        "UDP" => UdpBench.MakeAsync(isWrapped: true),
        "TCP" => TcpBench.MakeAsync(isTls: false, isWrapped: true),
        "TLS" => TcpBench.MakeAsync(isTls: true, isWrapped: true),
        "SMS" => SmsBench.MakeAsync(isSecured: true),
        "non-IP" => NonIpBench.MakeAsync(isSecured: true),
        "modem UDP" => SocketBench.MakeAsync("bg95", 'U', isSecured: true),
        "modem TCP" => SocketBench.MakeAsync("sara-r4", 'T', isSecured: true),
        _ => throw new ArgumentException("There is no bearer " + _bearer),
    };
}
