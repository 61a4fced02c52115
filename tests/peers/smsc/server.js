// An SMS centre for tests: the SMPP of npm "smpp", told what to do by JSON lines on standard input,
// telling what it sees by JSON lines on standard output.
const smpp = require("smpp");

const [port, systemId, password] = process.argv.slice(2);
const how = {
  answer: "ok", // "ok", "silent", or the name of an SMPP status, or a number for one of the centre's own
  receipt: "DELIVRD", // the stat of receipts; "" for none
  receiptAfterMs: 20,
  receiptStyle: "text", // "text", "tlv" (id and state in optional parameters only), "odd" (dates and errors of its own make)
  decimalReceipts: false,
  acceptsBind: true,
  throttleFrom: 0, // from this submit on, answers that it is too much
  dieAt: 0, // kills itself while this submit is unanswered
};
let submits = 0;
// Ids go on where they were when a test starts the centre again.
let nextId = Number(process.env.FIRST_ID || 0x1a00);
const sessions = new Set();

const tell = (event) => process.stdout.write(JSON.stringify(event) + "\n");
const statusOf = (answer) => (typeof answer === "number" ? answer : smpp.errors[answer]);

function report(session, pdu, id) {
  if (!how.receipt || !pdu.registered_delivery) return;
  const named = how.decimalReceipts ? String(parseInt(id, 16)) : id;
  const texts = {
    text: `id:${named} sub:001 dlvrd:001 submit date:2611221200 done date:2611221200 stat:${how.receipt} err:000 text:`,
    odd: `id:${named} sub:001 dlvrd:001 submit date:20261122120000 done date:- stat:${how.receipt} err:0A3 Text:Код`,
    tlv: "-",
  };
  const message = {
    source_addr: pdu.destination_addr,
    destination_addr: pdu.source_addr,
    esm_class: 4,
    short_message: texts[how.receiptStyle],
  };
  if (how.receiptStyle === "tlv") {
    message.receipted_message_id = named;
    message.message_state = how.receipt === "DELIVRD" ? 2 : 5;
  }
  setTimeout(() => {
    if (!sessions.has(session)) return tell({ event: "receipt lost", id });
    session.deliver_sm(message, (answer) => tell({ event: "receipt taken", id, status: answer.command_status }));
  }, how.receiptAfterMs);
}

function submitted(session, pdu) {
  submits += 1;
  const { udh, message } = pdu.short_message || {};
  tell({
    event: "submit",
    to: pdu.destination_addr,
    from: pdu.source_addr,
    from_ton: pdu.source_addr_ton,
    to_ton: pdu.dest_addr_ton,
    coding: pdu.data_coding,
    esm: pdu.esm_class,
    udh: udh ? [...udh].flatMap((element) => (Buffer.isBuffer(element) ? [...element] : [element])) : null,
    text: Buffer.isBuffer(message) ? message.toString("hex") : message,
    reported: Boolean(pdu.registered_delivery),
  });
  if (submits === how.dieAt) process.kill(process.pid, "SIGKILL");
  if (how.answer === "silent") return;
  const isTooMuch = how.throttleFrom && submits >= how.throttleFrom;
  const status = isTooMuch ? smpp.ESME_RTHROTTLED : how.answer === "ok" ? 0 : statusOf(how.answer);
  if (status) return session.send(pdu.response({ command_status: status }));
  const id = (nextId++).toString(16).toUpperCase().padStart(8, "0");
  session.send(pdu.response({ message_id: id }));
  report(session, pdu, id);
}

const server = smpp.createServer({}, (session) => {
  session.on("bind_transceiver", (pdu) => {
    const isWelcome = how.acceptsBind && pdu.system_id === systemId && pdu.password === password;
    tell({ event: "bind", system_id: pdu.system_id, welcome: isWelcome });
    if (!isWelcome) {
      session.send(pdu.response({ command_status: smpp.ESME_RINVPASWD }));
      return session.close();
    }
    sessions.add(session);
    session.send(pdu.response());
  });
  session.on("submit_sm", (pdu) => submitted(session, pdu));
  session.on("enquire_link", (pdu) => session.send(pdu.response()));
  session.on("unbind", (pdu) => {
    tell({ event: "unbind" });
    session.send(pdu.response());
    session.close();
  });
  session.on("close", () => sessions.delete(session));
  session.on("error", () => sessions.delete(session));
});

server.listen(Number(port), "127.0.0.1", () => tell({ event: "listening", port: server.address().port }));

let rest = "";
process.stdin.on("data", (chunk) => {
  const lines = (rest + chunk).split("\n");
  rest = lines.pop();
  for (const line of lines) {
    const order = JSON.parse(line);
    if (order.drop) for (const session of sessions) session.destroy();
    if (order.text) for (const session of sessions) session.deliver_sm({ source_addr: "380671000001", destination_addr: "466", short_message: order.text });
    Object.assign(how, order.how || {});
    tell({ event: "told" });
  }
});
process.stdin.on("end", () => process.exit(0));
