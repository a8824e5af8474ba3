namespace Lwm2m.Cellular;

// Modems that number their sockets themselves, and SIM7080.
public sealed partial class ModemProfile
{
    private static string[]? FindSocketNumbers(string name)
    {
        if (name == "sara-n")
            return new[]
            {
                // SARA-N2. SARA-N3 has the sockets of SARA-R4: base = sara-r4.
                "name = sara-n",
                "base = generic",
                "nidd.define = AT+CGDCONT={cid},\"NONIP\",\"{apn}\"",
                "nidd.define = !AT+CGDCONT={cid},\"Non-IP\",\"{apn}\"",
                "udp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "udp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "udp.open = AT+NSOCR=DGRAM,17,{lport},1",
                "udp.open.answer = {id}",
                "udp.send = AT+NSOST={id},{host},{port},{len},{hex}",
                "udp.notify = +NSONMI:{id},{len}",
                "udp.read = AT+NSORF={id},{most}",
                "udp.read.answer = {id},{},{},{len},{hex},{left}",
                "udp.close = ?AT+NSOCL={id}",
                "udp.mtu = 512",
            };
        if (name == "sara-r4" || name == "sara-r5")
            return new[]
            {
                "name = " + name,
                "base = generic",
                // Doubt: the spelling; so both.
                "nidd.define = AT+CGDCONT={cid},\"NONIP\",\"{apn}\"",
                "nidd.define = !AT+CGDCONT={cid},\"Non-IP\",\"{apn}\"",
                "nidd.mtu = 512",
                "udp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "udp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "udp.prepare = AT+UDCONF=1,1",
                "udp.open = AT+USOCR=17",
                "udp.open.answer = +USOCR: {id}",
                "udp.send = AT+USOST={id},\"{host}\",{port},{len},\"{hex}\"",
                "udp.notify = +UUSORF: {id},{len}",
                "udp.read = AT+USORF={id},{most}",
                "udp.read.answer = +USORF: {id},{},{},{len},{hex}",
                "udp.closed = +UUSOCL: {id}",
                "udp.close = ?AT+USOCL={id}",
                "udp.mtu = 512",
                // Doubt: the TCP commands of the family, known by name.
                "tcp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "tcp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "tcp.prepare = AT+UDCONF=1,1",
                "tcp.open = AT+USOCR=6",
                "tcp.open = AT+USOCO={id},\"{host}\",{port}",
                "tcp.open.answer = +USOCR: {id}",
                "tcp.send = AT+USOWR={id},{len},\"{hex}\"",
                "tcp.notify = +UUSORD: {id},{len}",
                "tcp.read = AT+USORD={id},{most}",
                "tcp.read.answer = +USORD: {id},{len},{hex}",
                "tcp.closed = +UUSOCL: {id}",
                "tcp.close = ?AT+USOCL={id}",
                "tcp.mtu = 512",
            };
        if (name == "sim7020")
            return new[]
            {
                // Doubt: the spelling of the non-IP context; generic tries both.
                "name = sim7020",
                "base = generic",
                "udp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "udp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "udp.open = AT+CSOC=1,2,1",
                "udp.open = AT+CSOCON={id},{port},\"{host}\"",
                "udp.open.answer = +CSOC: {id}",
                "udp.send = AT+CSOSEND={id},{digits},{hex}",
                "udp.push = +CSONMI: {id},{digits},{hex}",
                "udp.closed = +CSOERR: {id}",
                "udp.close = ?AT+CSOCL={id}",
                "udp.mtu = 512",
                "tcp.define = ?AT+CGDCONT={cid},\"IP\",\"{apn}\"",
                "tcp.prepare = ?AT+CGACT=1,{cid}{ifapn}",
                "tcp.open = AT+CSOC=1,1,1",
                "tcp.open = AT+CSOCON={id},{port},\"{host}\"",
                "tcp.open.answer = +CSOC: {id}",
                "tcp.send = AT+CSOSEND={id},{digits},{hex}",
                "tcp.push = +CSONMI: {id},{digits},{hex}",
                "tcp.closed = +CSOERR: {id}",
                "tcp.close = ?AT+CSOCL={id}",
                "tcp.mtu = 512",
            };
        if (name == "sim7080")
            return new[]
            {
                // Doubt: whether it has +CSODCP at all.
                "name = sim7080",
                "base = generic",
                "udp.prepare = ?AT+CNCFG=0,1,\"{apn}\"",
                "udp.prepare = ?AT+CNACT=0,1",
                "udp.open = AT+CAOPEN={id},0,\"UDP\",\"{host}\",{port}",
                "udp.open.answer = +CAOPEN: {id},{err}",
                "udp.send = AT+CASEND={id},{len}>{raw}",
                "udp.notify = +CADATAIND: {id}",
                "udp.read = AT+CARECV={id},{most}",
                "udp.read.answer = +CARECV: {len},{raw}",
                "udp.closed = +CASTATE: {id},{state}",
                "udp.close = ?AT+CACLOSE={id}",
                "tcp.prepare = ?AT+CNCFG=0,1,\"{apn}\"",
                "tcp.prepare = ?AT+CNACT=0,1",
                "tcp.open = AT+CAOPEN={id},0,\"TCP\",\"{host}\",{port}",
                "tcp.open.answer = +CAOPEN: {id},{err}",
                "tcp.send = AT+CASEND={id},{len}>{raw}",
                "tcp.notify = +CADATAIND: {id}",
                "tcp.read = AT+CARECV={id},{most}",
                "tcp.read.answer = +CARECV: {len},{raw}",
                "tcp.closed = +CASTATE: {id},{state}",
                "tcp.close = ?AT+CACLOSE={id}",
                "tcp.mtu = 1460",
            };
        return null;
    }
}
