// Every act with its moment given, so that the packet is the same bytes each time.
#include "tests/support/example_packet.h"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "engine/eval/outcome.h"
#include "engine/session/packet.h"
#include "engine/session/run.h"
#include "evidence/core/check.h"
#include "evidence/import/import.h"
#include "evidence/trail/merkle.h"

namespace assay::test {

namespace {

const std::string kFolder = ASSAY_SOURCE_DIR "/tests/vectors/packet/";

std::string read(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void import(Store& store, const Rulebook& book, const std::string& path, std::string_view moment) {
  auto writer = *store.begin_batch(
      {std::filesystem::path(path).filename().string(), {}, "tidy", "R. Keeper", std::string(moment)});
  const auto report = import_file({path, "tidy", {}, *Date::parse("2025-05-01")}, book.schema, **store.catalogue(),
                                  [&](std::span<const TypedRow> rows) { return writer.add(rows); });
  CHECK(report.has_value());
  writer.info().file_digest = report->file_digest;
  CHECK(writer.commit().has_value());
}

Checkpoint checkpoint_of(const std::vector<LogEntry>& log) {
  std::vector<Digest> leaves;
  for (const LogEntry& entry : log) leaves.push_back(entry.leaf);
  return {example_key().public_key().name, leaves.size(), merkle_root(leaves)};
}

SigningKey read_key(std::string_view text) { return std::move(*SigningKey::read(text)); }

}  // namespace

SigningKey example_key() {
  return read_key("PRIVATE+KEY+york.example/assay+c72a2131+AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB");
}
SigningKey example_witness() {
  return read_key("PRIVATE+KEY+council.example/witness+0edeeb82+BAICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC");
}
SigningKey other_key() {
  return read_key("PRIVATE+KEY+york.example/assay+417b5a0e+AQMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMD");
}

ExamplePacket make_example_packet(const std::string& path, std::string_view wait) {
  auto rules = load_rules({{"waits/rules.assay", read(kFolder + "rules.assay")}});
  CHECK(!rules.sink.has_errors());
  Store store = std::move(*Store::create(path, "2026-01-05T09:00:00Z"));
  const std::string key = example_key().public_key().to_string();
  CHECK(store.record_key({key, {}, {}, "R. Keeper", {}, "2026-01-05T09:05:00Z"}).has_value());
  const std::string waits = path + ".folder/waits.csv";
  std::filesystem::create_directories(path + ".folder");
  std::string evidence = read(kFolder + "waits.csv");
  evidence.replace(evidence.find("31 days"), 7, wait);
  std::ofstream(waits, std::ios::binary) << evidence;
  import(store, rules.rulebook, kFolder + "councils.csv", "2026-01-05T09:10:00Z");
  import(store, rules.rulebook, waits, "2026-01-05T09:15:00Z");
  RunRequest asked{{*Date::parse("2025-06-01")}, *Date::parse("2025-06-01"), "D. Deputy", "2026-01-05T09:20:00Z"};
  CHECK(run(store, rules.rulebook, asked, [](const RunResult&, Evaluation&) { return Result<void>(); }).has_value());

  const RunRecord record = store.runs()->front();
  SignedCheckpoint kept = sign(checkpoint_of(*store.log_entries()), example_key());
  kept.signatures.push_back(cosign(kept.checkpoint, example_witness(), 1767605400));

  auto inputs = std::move(*inputs_of(store, record));
  const Rulebook& book = inputs.rules->rulebook;
  const auto subject = inputs.snapshot->find(*book.schema.find_kind("council"), "E1");
  auto content = packet_content(store, inputs, {record, *book.find_rule("waits.slow"), *subject, key});
  CHECK(content.has_value());
  const auto entry = store.record_packet(
      {content->rule, content->subject, 1, sha256(std::string_view(content->json)), ranges_of(content->rows),
       ranges_of(content->entries), "I. Inspector", "R. Keeper", "2026-01-05T10:00:00Z"},
      store.head()->size);
  const auto log = *store.log_entries();
  PacketLog part{content->entries,
                 sign(checkpoint_of(log), example_key()),
                 kept.to_string(),
                 {example_witness().public_key().to_string()}};
  part.entries.push_back(*entry);
  return {packet_text(*content, log, part), kept.to_string()};
}

}  // namespace assay::test
