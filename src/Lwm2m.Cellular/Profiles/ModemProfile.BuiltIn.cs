namespace Lwm2m.Cellular;

/// <summary>The profiles that come with the library. What no manual was at hand for is marked as a doubt; a profile of one's own can say otherwise.</summary>
public sealed partial class ModemProfile
{
    /// <summary>The names of the built-in profiles.</summary>
    public static string[] Names =>
        new[] { "generic", "bc66", "bc660", "bg95", "bg96", "sara-n", "sara-r4", "sara-r5", "sim7020", "sim7080", "nrf91" };

    /// <summary>A built-in profile.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <returns>Null where there is none of that name.</returns>
    public static ModemProfile? Find(string name)
    {
        string[]? lines = FindNordicOrGeneric(name) ?? FindQuectel(name) ?? FindSocketNumbers(name);
        return lines == null ? null : new ModemProfile(lines);
    }

    private static string[]? FindNordicOrGeneric(string name)
    {
        if (name == "generic")
            return new[]
            {
                "name = generic",
                // 27.007 and most vendors write Non-IP, some NONIP.
                "nidd.define = AT+CGDCONT={cid},\"Non-IP\",\"{apn}\"",
                "nidd.define = !AT+CGDCONT={cid},\"NONIP\",\"{apn}\"",
                "nidd.prepare = AT+CRTDCP=1",
                // The context of the attach is active already, and some modems refuse to activate it again.
                "nidd.open = ?AT+CGACT=1,{cid}",
                "nidd.recover = ?AT+CGATT=0",
                "nidd.recover = AT+CGATT=1",
                "nidd.ask = ?AT+CSODCP=?",
                "nidd.ask = ?AT+CGCONTRDP={cid}",
                "nidd.ask = ?AT+CGAPNRC={cid}",
                "nidd.ranges = +CSODCP:",
                "nidd.context = +CGCONTRDP: {cid},{},{},{},{},{},{},{},{},{},{},{},{},{}[,{mtu},{plmn}]",
                "nidd.quota = +CGAPNRC: {cid}[,{},{unit},{rate}]",
                "nidd.send = AT+CSODCP={cid},{len},\"{hex}\"{,rai}{,type}",
                "nidd.push = +CRTDCP: {cid},{len},{hex}",
            };
        if (name == "nrf91")
            return new[]
            {
                "name = nrf91",
                "base = generic",
                // The serial modem application: packet sockets in place of +CSODCP.
                "nidd.define = AT+CGDCONT={cid},\"Non-IP\",\"{apn}\"",
                "nidd.prepare = ?AT#XRECVCFG=,1,1",
                "nidd.open = ?AT+CGACT=1,{cid}",
                "nidd.open = AT#XSOCKET=1,3,0,{cid}",
                "nidd.open.answer = #XSOCKET: {id},3,0",
                "nidd.ask = ?AT+CGCONTRDP={cid}",
                "nidd.send = AT#XSEND={id},1,0,\"{hex}\"",
                "nidd.push = #XRECV: {id},{},{len}|{hex}",
                "nidd.close = ?AT#XCLOSE={id}",
                "udp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "udp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "udp.open = AT#XSOCKET=1,2,0",
                "udp.open = ?AT#XAPOLL=,1,1",
                "udp.open.answer = #XSOCKET: {id},2,17",
                "udp.send = AT#XSENDTO={id},1,0,\"{host}\",{port},\"{hex}\"",
                "udp.notify = #XAPOLL: {id},1",
                "udp.read = AT#XRECVFROM={id},1,0,1",
                // Doubt: the answer is known for the older application alone, which has no handle and no mode in it.
                "udp.read.answer = #XRECVFROM: {id},{},{len}|{hex}",
                "udp.close = ?AT#XCLOSE={id}",
                "udp.mtu = 1400",
                "tcp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "tcp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "tcp.open = AT#XSOCKET=1,1,0",
                // Doubt: #XCONNECT is named for secured sockets; taken to be the same for others.
                "tcp.open = AT#XCONNECT={id},\"{host}\",{port}",
                "tcp.open = ?AT#XAPOLL=,1,1",
                "tcp.open.answer = #XSOCKET: {id},1,6",
                "tcp.send = AT#XSEND={id},1,0,\"{hex}\"",
                "tcp.notify = #XAPOLL: {id},1",
                "tcp.read = AT#XRECV={id},1,0,1",
                "tcp.read.answer = #XRECV: {id},{},{len}|{hex}",
                "tcp.close = ?AT#XCLOSE={id}",
                "tcp.mtu = 1400",
            };
        return null;
    }

    private static string[]? FindQuectel(string name)
    {
        if (name == "bc66")
            return new[]
            {
                "name = bc66",
                "base = generic",
                // Doubt: the spelling; so both.
                "nidd.define = AT+CGDCONT={cid},\"NONIP\",\"{apn}\"",
                "nidd.define = !AT+CGDCONT={cid},\"Non-IP\",\"{apn}\"",
                "udp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "udp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "udp.prepare = AT+QICFG=\"dataformat\",1,1",
                "udp.prepare = ?AT+QICFG=\"showlength\",1",
                "udp.open = AT+QIOPEN=0,{id},\"UDP\",\"{host}\",{port}",
                "udp.opened = +QIOPEN: {id},{err}",
                "udp.send = AT+QISEND={id},{len},{hex}",
                "udp.sent = SEND OK",
                "udp.unsent = SEND FAIL",
                "udp.push = +QIURC: \"recv\",{id},{len},{hex}",
                "udp.closed = +QIURC: \"closed\",{id}",
                "udp.close = ?AT+QICLOSE={id}",
                "udp.links = 5",
                "udp.mtu = 1024",
                "tcp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "tcp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "tcp.prepare = AT+QICFG=\"dataformat\",1,1",
                "tcp.prepare = ?AT+QICFG=\"showlength\",1",
                "tcp.open = AT+QIOPEN=0,{id},\"TCP\",\"{host}\",{port}",
                "tcp.opened = +QIOPEN: {id},{err}",
                "tcp.send = AT+QISEND={id},{len},{hex}",
                "tcp.sent = SEND OK",
                "tcp.unsent = SEND FAIL",
                "tcp.push = +QIURC: \"recv\",{id},{len},{hex}",
                "tcp.closed = +QIURC: \"closed\",{id}",
                "tcp.close = ?AT+QICLOSE={id}",
                "tcp.links = 5",
                "tcp.mtu = 1024",
            };
        if (name == "bc660")
            return new[]
            {
                "name = bc660",
                "base = bc66",
                // Context 0, that of the attach, has a command of its own: nidd.first = 0 with
                // nidd.define = AT+QCGDEFCONT="Non-IP","{apn}" is the way to use that one.
                "nidd.define = AT+CGDCONT={cid},\"Non-IP\",\"{apn}\"",
                "nidd.define = !AT+CGDCONT={cid},\"NONIP\",\"{apn}\"",
                // Data on a user-plane context.
                "nidd.push.other = +RECVNONIP: {cid},{len},{hex}",
                "nidd.mtu = 950",
            };
        if (name == "bg96")
            return new[]
            {
                "name = bg96",
                "nidd.define = AT+QCFGEXT=\"pdp_type\",1,\"Non-IP\",\"{apn}\"",
                "nidd.open = AT+QCFGEXT=\"nipdcfg\",0,\"{apn}\"",
                "nidd.open = AT+QCFGEXT=\"nipd\",1",
                "nidd.opened = +QIND: \"nipd\",\"open\",{err}",
                "nidd.open.seconds = 10",
                "nidd.ask = ?AT+CGCONTRDP={cid}",
                "nidd.context = +CGCONTRDP: {cid},{},{},{},{},{},{},{},{},{},{},{},{},{}[,{mtu},{plmn}]",
                // Doubt: whether mode 0 wants the data as digits; whoever has such a modem may find 1 right.
                "nidd.send = AT+QCFGEXT=\"nipds\",0,\"{hex}\",{len}",
                "nidd.notify = +QIND: \"nipd\",\"recv\"",
                // Doubt: whether reading keeps packets apart. Where it does not, two that wait together are lost, and CoAP asks again.
                "nidd.peek = AT+QCFGEXT=\"nipdr\",0",
                "nidd.peek.answer = +QCFGEXT: \"nipdr\",{},{},{left}",
                "nidd.read = AT+QCFGEXT=\"nipdr\",{most}",
                "nidd.read.answer = +QCFGEXT: \"nipdr\",{len},{hex}",
                "nidd.closed = +QIND: \"nipd\",\"close\"",
                "nidd.close = ?AT+QCFGEXT=\"nipd\",0",
                "nidd.links = 1",
                "udp.prepare = AT+QICSGP={cid},1,\"{apn}\"",
                "udp.prepare = ?AT+QIACT={cid}",
                "udp.open = AT+QIOPEN={cid},{id},\"UDP\",\"{host}\",{port},{lport},0",
                "udp.opened = +QIOPEN: {id},{err}",
                "udp.send = AT+QISEND={id},{len}>{raw}",
                "udp.sent = SEND OK",
                "udp.unsent = SEND FAIL",
                "udp.notify = +QIURC: \"recv\",{id}",
                "udp.read = AT+QIRD={id},1500",
                "udp.read.answer = +QIRD: {len}|{raw}",
                "udp.closed = +QIURC: \"closed\",{id}",
                "udp.close = ?AT+QICLOSE={id}",
                "udp.links = 12",
                "tcp.prepare = AT+QICSGP={cid},1,\"{apn}\"",
                "tcp.prepare = ?AT+QIACT={cid}",
                "tcp.open = AT+QIOPEN={cid},{id},\"TCP\",\"{host}\",{port},{lport},0",
                "tcp.opened = +QIOPEN: {id},{err}",
                "tcp.send = AT+QISEND={id},{len}>{raw}",
                "tcp.sent = SEND OK",
                "tcp.unsent = SEND FAIL",
                "tcp.notify = +QIURC: \"recv\",{id}",
                "tcp.read = AT+QIRD={id},1500",
                "tcp.read.answer = +QIRD: {len}|{raw}",
                "tcp.closed = +QIURC: \"closed\",{id}",
                "tcp.close = ?AT+QICLOSE={id}",
                "tcp.links = 12",
                "tcp.mtu = 1460",
            };
        return name == "bg95" ? BesideBg96() : null;
    }

    // Doubt: BG95 has +QNIDD of its own, of which only an outline is known; 27.007 is what it is taken to have as well.
    private static string[] BesideBg96()
    {
        var sockets = new ModemProfile(FindQuectel("bg96")!);
        string[] lines = new string[sockets._count + 2];
        lines[0] = "name = bg95";
        lines[1] = "base = generic";
        int count = 2;
        for (int index = 0; index < sockets._count; index++)
            if (sockets._keys[index].Substring(0, 4) != "nidd")
                lines[count++] = sockets._keys[index] + " = " + sockets._values[index];
        while (count < lines.Length)
            lines[count++] = "";
        return lines;
    }
}
