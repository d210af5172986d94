// What assay exported, by Sigstore's own verifier: the checkpoint by its key, and of each entry the proof that it is in
// the log. Then each with one bit flipped: refused. node proofs.cjs FOLDER KEY
const fs = require("node:fs");
const path = require("node:path");
const crypto = require("node:crypto");
const { verifyCheckpoint } = require("@sigstore/verify/dist/tlog/checkpoint.js");
const { verifyMerkleInclusion } = require("@sigstore/verify/dist/tlog/merkle.js");

const [folder, vkey] = process.argv.slice(2);

// NAME+ID+BASE64 of the type and the Ed25519 key, as its library wants to have it.
function readKey(text) {
  const [name, id, ...rest] = text.split("+");
  const held = Buffer.from(rest.join("+"), "base64");
  const spki = Buffer.concat([Buffer.from("302a300506032b6570032100", "hex"), held.subarray(1)]);
  const publicKey = crypto.createPublicKey({ key: spki, format: "der", type: "spki" });
  return { type: held[0], log: { logID: Buffer.from(id, "hex"), baseURL: name, publicKey } };
}

// The bodies of all entries, from the bundles of the tiles.
function readEntries(tiles) {
  const entries = [];
  const files = fs.readdirSync(path.join(tiles, "tile/entries"), { recursive: true, withFileTypes: true });
  const names = files.filter((file) => file.isFile()).map((file) => path.join(file.parentPath ?? file.path, file.name));
  for (const name of names.sort()) {
    const bytes = fs.readFileSync(name);
    for (let at = 0; at < bytes.length; ) {
      const length = bytes.readUInt16BE(at);
      entries.push(bytes.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  return entries;
}

// A C2SP tlog-proof as its library has one.
function readProof(file) {
  const text = fs.readFileSync(file, "utf8");
  const end = text.indexOf("\n\n");
  const [header, index, ...hashes] = text.slice(0, end).split("\n");
  if (header !== "c2sp.org/tlog-proof@v1") throw new Error(`${file} is no proof`);
  return {
    logIndex: index.replace("index ", ""),
    hashes: hashes.map((hash) => Buffer.from(hash, "base64")),
    checkpoint: { envelope: text.slice(end + 2) },
  };
}

function holds(body, proof, log) {
  try {
    const entry = { canonicalizedBody: body, inclusionProof: proof };
    verifyMerkleInclusion(entry, verifyCheckpoint(entry, [log]));
    return true;
  } catch (fault) {
    if (fault.code === "TLOG_INCLUSION_PROOF_ERROR") return false;
    throw fault;
  }
}

function flipped(bytes, at) {
  const copy = Buffer.from(bytes);
  copy[at] ^= 1;
  return copy;
}

const { log } = readKey(vkey);
const entries = readEntries(path.join(folder, "tiles"));
let held = 0, refused = 0, wrong = 0;
const expect = (wanted, got) => (wanted === got ? (wanted ? held++ : refused++) : wrong++);
entries.forEach((body, index) => {
  const proof = readProof(path.join(folder, `${index}.tlog-proof`));
  expect(true, holds(body, proof, log));
  expect(false, holds(flipped(body, body.length - 1), proof, log));
  expect(false, holds(body, { ...proof, logIndex: `${(index + 1) % entries.length}` }, log));
  proof.hashes.forEach((hash, i) => {
    const hashes = proof.hashes.map((other, j) => (i === j ? flipped(hash, 7) : other));
    expect(false, holds(body, { ...proof, hashes }, log));
  });
  const envelope = proof.checkpoint.envelope.replace(/\n\d+\n/, (size) => `\n${Number(size) + 1}\n`);
  expect(false, holds(body, { ...proof, checkpoint: { envelope } }, log));
});
console.log(`${entries.length} entries: ${held} proofs of ours hold by another's verifier, ${refused} changed ones do not`);
if (wrong > 0 || held === 0) {
  console.log(`${wrong} were judged otherwise than they should be`);
  process.exit(1);
}
