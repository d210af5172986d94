// A packed run begun from an earlier one gives what evaluating all gives, to the byte, whatever is new: told by the
// root over the outcomes in the entries of both.
#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "engine/explain/explanation.h"
#include "engine/session/about.h"
#include "engine/session/packed_run.h"
#include "engine/session/replay.h"
#include "engine/session/rules.h"
#include "engine/session/run_body.h"
#include "evidence/import/import.h"
#include "tests/unit/evidence/store/sample_store.h"

using namespace assay;
using namespace assay::test;

namespace {

constexpr const char* kRules = R"(ruleset example.again
  title    "Rules that read in every way that columns know"
  owner    "Assay"
  in force from 2020-04-01

kind council "Example council" plural councils
kind trust "Example trust" plural trusts
relation membership from council to trust

source returns
  title      "Example returns"
  publisher  "Assay"

scale grade from worst to best
  low, middle, high

evidence needs of council : score 1 to 4
  title "Example score: needs"
  from  returns
  cite  returns
evidence equity of council : score 1 to 4
  title "Example score: equity"
  from  returns
  cite  returns
evidence spend of council : whole 0 to 1000000
  title "Example spend"
  from  returns
  cite  returns
evidence opened of council : date
  title "Example day of opening"
  from  returns
  cite  returns
evidence late of trust : yes/no
  title "Example trust late"
  from  returns
  cite  returns

define level of council : percent
  title "Percent"
  = (needs + equity) as percent of 8 rounded up to whole percent
  basis proposed "an example"

rating overall of council : grade
  title "Overall"
  from level
    high    at 70% or more
    middle  at 45% to 69%
    low     at 0% to 44%
  basis proposed "an example"

flag poor of council
  title "Poor"
  when overall is low and spend is at most 900000
  basis proposed "an example"

define each_point of council : decimal
  title "Spend a point"
  = spend / (needs + equity + 1)
  basis proposed "an example"

define third of council : decimal
  title "A third"
  = (needs + 1) / 3
  basis proposed "an example"

define place of council : whole
  title "Place"
  = rank of level from highest among councils ignoring missing
  basis proposed "an example"

define trusts_late of council : whole
  title "Trusts late"
  = count of trusts of council where late
  basis proposed "an example"

define answer_by of council : date
  title "Answer by"
  = opened + 30 days
  basis proposed "an example"

interaction late_for_both
  title  "Late for both"
  along  membership from council to trust
  when   late of trust and spend of council is at least 1
  says   "{council} and {trust}"
  basis  proposed "an example"

define spend_of_trust of trust : whole
  title "Spend of its councils"
  = sum of spend of councils of trust
  basis proposed "an example"

flag many_late of council
  title "Many late"
  when trusts_late is at least 1
  basis proposed "an example"
)";

class Town {
 public:
  explicit Town(const std::string& folder) : folder_(folder), rules_(load_rules({{"again/rules.assay", kRules}})) {
    REQUIRE(!rules_.sink.has_errors());
    store_.emplace(std::move(*Store::create(folder + "/s", "2025-07-01T09:00:00Z")));
  }
  const Rulebook& book() const { return rules_.rulebook; }
  Store& store() { return *store_; }
  // `more`: a further column, which each line has too.
  void record(const std::string& lines, const std::string& more = {}) {
    const std::string path = folder_ + "/rows.csv";
    std::ofstream(path) << "subject,field,value,valid_from,source,document,place,recorded_on" << more << "\n" << lines;
    auto writer = std::move(*store_->begin_batch({"rows.csv", {}, "tidy", "me", "2025-07-01T09:00:00Z"}));
    const auto report =
        import_file({path, "tidy", {}, *Date::parse("2025-12-31")}, book().schema, **store_->catalogue(),
                    [&](std::span<const TypedRow> rows) { return writer.add(rows); });
    INFO((report ? "" : report.error().front().message));
    REQUIRE(report.has_value());
    REQUIRE(writer.commit().has_value());
  }
  PackedResult run(Begin begin) {
    RunRequest request{{*Date::parse("2026-01-01")}, {}, "me", "2026-01-02T09:00:00Z"};
    auto result = run_packed(*store_, book(), request, begin);
    INFO((result ? "" : result.error().message));
    REQUIRE(result.has_value());
    return std::move(*result);
  }
  nlohmann::json entry(const PackedResult& result) {
    return nlohmann::json::parse(store_->log_entry(result.record->entry)->body);
  }

 private:
  std::string folder_;
  LoadedRules rules_;
  std::optional<Store> store_;
};

std::string row(const std::string& subject, const std::string& field, const std::string& value,
                const std::string& from = "2025-03-31", const std::string& recorded = "2025-06-01") {
  return subject + "," + field + "," + value + "," + from + ",returns,example,row 1," + recorded + "\n";
}
std::string council(unsigned i) { return fmt::format("council:C{:05}", i); }
std::string registered(const std::string& kind, const std::string& subject, unsigned i) {
  return fmt::format("{},{}.register,Example {},2020-04-01,register,example,row 1,2025-06-01\n", subject, kind, i);
}

std::string first_rows(unsigned councils, unsigned trusts) {
  std::string lines;
  for (unsigned i = 1; i <= trusts; ++i) {
    const std::string trust = fmt::format("trust:T{:03}", i);
    lines += registered("trust", trust, i) + row(trust, "example.again.late", i % 3 == 0 ? "yes" : "no");
  }
  for (unsigned i = 1; i <= councils; ++i) {
    lines += registered("council", council(i), i);
    if (i % 13 != 0) lines += row(council(i), "example.again.needs", fmt::format("{}", 1 + i % 4));
    if (i % 17 != 0) lines += row(council(i), "example.again.equity", fmt::format("{}", 1 + i / 3 % 4));
    lines += row(council(i), "example.again.spend", fmt::format("{}", i * 7 % 1000000));
    if (i % 50 == 0)
      lines +=
          fmt::format("membership:C{:05}>T{:03},membership.register,yes,2020-04-01,register,example,row 1,2025-06-01\n",
                      i, 1 + i % trusts);
  }
  return lines;
}

}  // namespace

TEST_CASE("a run begun from an earlier one concludes what a run anew concludes") {
  constexpr unsigned kCouncils = 9000, kTrusts = 40;
  TemporaryFolder folder;
  Town town(folder / "");
  town.record(first_rows(kCouncils, kTrusts));
  const PackedResult first = town.run(Begin::FromEarlier);
  CHECK_FALSE(first.begun_from);
  CHECK(first.left_out.empty());
  std::mt19937 dice(7);
  const auto some = [&](unsigned most) { return static_cast<unsigned>(dice() % most) + 1; };
  unsigned more = kCouncils;
  std::set<std::string> seen;
  for (int step = 0; step < 14; ++step) {
    const std::string of = council(some(kCouncils));
    std::string lines;
    switch (step % 7) {
      case 0:
        lines = row(of, "example.again.needs", fmt::format("{}", some(4)), "2025-05-31", "2025-07-01");
        break;
      case 1:
        lines = row(of, "example.again.spend", fmt::format("{}", some(999999)), "2025-05-31", "2025-07-01");
        break;
      case 2:
        lines = row(fmt::format("trust:T{:03}", some(kTrusts)), "example.again.late", step < 7 ? "yes" : "no",
                    "2025-05-31");
        break;
      case 3:
        ++more;
        lines = registered("council", council(more), more) + row(council(more), "example.again.needs", "2");
        break;
      case 4:
        lines = fmt::format(
            "membership:C{:05}>T{:03},membership.register,yes,2021-04-01,register,example,row 1,2025-06-01\n",
            some(kCouncils), some(kTrusts));
        break;
      case 5:
        lines = fmt::format("{},council.register,,2025-04-01,register,example,row 1,2025-07-01,,withdrawn\n", of);
        break;
      default:
        lines = row(of, "example.again.equity", "4", "2025-05-31", "2025-07-01") +
                row(council(some(kCouncils)), "example.again.needs", "1");
        break;
    }
    if (step % 7 == 5) lines = row(of, "example.again.equity", "3", "2030-01-01");  // not valid yet
    CAPTURE(step, lines);
    town.record(lines);
    const PackedResult again = town.run(Begin::FromEarlier);
    const PackedResult anew = town.run(Begin::Anew);
    REQUIRE(again.begun_from);
    CHECK_FALSE(anew.begun_from);
    const auto a = town.entry(again), b = town.entry(anew);
    CHECK(a["outcomes"] == b["outcomes"]);
    CHECK(a["counts"] == b["counts"]);
    CHECK(a["based_on"] == again.begun_from->run);
    CHECK(again.begun_from->evaluated < again.begun_from->blocks);
    seen.insert(a["outcomes"].get<std::string>());
  }
  CHECK(seen.size() > 6);  // the evidence did change what follows
  CHECK(town.store().verify());
  // Each of them, based on another or not, follows from what was held then.
  const auto replayed = replay(town.store());
  REQUIRE(replayed.has_value());
  CHECK(replayed->redacted == 0);
}

TEST_CASE("what cannot be begun from is not begun from") {
  TemporaryFolder folder;
  Town town(folder / "");
  town.record(first_rows(200, 5));
  const auto begun = [&](Town& of) { return of.run(Begin::FromEarlier).begun_from.has_value(); };
  CHECK_FALSE(begun(town));
  CHECK(begun(town));
  // A row that was not known yet when the earlier run was made would be missed.
  town.record(row(council(3), "example.again.needs", "4", "2025-05-31", "2025-09-01"));
  RunRequest early{{*Date::parse("2026-01-01")}, Date::parse("2025-07-01"), "me", "2026-01-02T09:00:00Z"};
  const auto before = run_packed(town.store(), town.book(), early, Begin::Anew);
  REQUIRE(before.has_value());
  const auto then = town.entry(*before);
  CHECK(then["all_known"] == false);
  const PackedResult now = town.run(Begin::FromEarlier);
  REQUIRE(now.begun_from);
  CHECK(now.begun_from->run != before->record->number);
  CHECK(town.entry(now)["outcomes"] == town.entry(town.run(Begin::Anew))["outcomes"]);
  // Another date.
  RunRequest other{{*Date::parse("2026-02-01")}, {}, "me", "2026-01-02T09:00:00Z"};
  CHECK_FALSE(run_packed(town.store(), town.book(), other)->begun_from);
}

TEST_CASE("runs begun one from the other share the blocks of the first") {
  TemporaryFolder folder;
  Town town(folder / "");
  town.record(first_rows(9000, 40));
  const PackedResult first = town.run(Begin::FromEarlier);
  std::int64_t before = first.record->number;
  for (unsigned step = 0; step < 6; ++step) {
    town.record(
        row(council(1 + 1700 * step), "example.again.needs", fmt::format("{}", 1 + (step + 2) % 4), "2025-05-31"));
    const PackedResult next = town.run(Begin::FromEarlier);
    REQUIRE(next.begun_from);
    CHECK(next.begun_from->run == before);
    CHECK(town.entry(next)["based_on"] == first.record->number);
    before = next.record->number;
  }
  const PackedResult anew = town.run(Begin::Anew);
  const auto last = town.store().log_entry(town.store().runs()->at(static_cast<std::size_t>(before - 1)).entry);
  CHECK(nlohmann::json::parse(last->body)["outcomes"] == town.entry(anew)["outcomes"]);
  const auto shared = town.store().run_blocks(before), whole = town.store().run_blocks(anew.record->number);
  REQUIRE(shared->size() == whole->size());
  for (std::size_t i = 0; i < whole->size(); ++i) CHECK((*shared)[i].bytes == (*whole)[i].bytes);
  CHECK(town.store().verify());
}

// What a run does, with an act of another program between its reading and its recording.
TEST_CASE("what is recorded while a run is made is no part of it, and the next one takes it in") {
  TemporaryFolder folder;
  Town town(folder / "");
  town.record(first_rows(9000, 40));
  const LogHead read = *town.store().head();
  const Date as_at = *Date::parse("2026-01-01"), known_on = *Date::parse("2025-06-01");
  PackedBlocks made = std::move(*packed_blocks(town.store(), town.book(), as_at, known_on, read.size));
  town.record(row(council(8999), "example.again.needs", "1", "2025-05-31"));
  PackedSaid said{.left_out = {}, .counts = {}, .all_known = true};
  for (const PackedCounts& counts : made.result.counts)
    said.counts.push_back({town.book().rule(counts.rule).name, counts.fell});
  Store::NewRun run{as_at, known_on, "me", "2026-01-02T09:00:00Z", "", texts_of(town.book()), made.blocks, {}};
  run.body = packed_run_body(read, false, said);
  run.read = read.size;
  const auto recorded = town.store().record_run(run);
  REQUIRE(recorded.has_value());
  CHECK(recorded->entry == read.size + 1);
  CHECK(recorded->read == read.size);
  CHECK(town.store().runs()->back().read == read.size);
  CHECK(replay(town.store()).has_value());
  const PackedResult again = town.run(Begin::FromEarlier), anew = town.run(Begin::Anew);
  REQUIRE(again.begun_from);
  CHECK(again.begun_from->run == recorded->number);
  CHECK(again.begun_from->evaluated > 0);
  CHECK(town.entry(again)["outcomes"] == town.entry(anew)["outcomes"]);
  CHECK(town.entry(again)["outcomes"] !=
        nlohmann::json::parse(town.store().log_entry(recorded->entry)->body)["outcomes"]);
}

TEST_CASE("a row that another body's row corrects counts no more for its own") {
  TemporaryFolder folder;
  Town town(folder / "");
  town.record(first_rows(300, 5));
  town.run(Begin::FromEarlier);
  const auto known_on = *Date::parse("2025-12-31");
  const auto before = town.store().snapshot(town.book().schema, known_on);
  const FieldId needs = *town.book().schema.find_field("example.again.needs");
  const auto wrong = before->find(*town.book().schema.find_kind("council"), "C00005");
  REQUIRE(before->rows(needs, *wrong).size() == 1);
  // It was recorded of the wrong council.
  town.record(fmt::format("council:C00013,example.again.needs,2,2025-03-31,returns,example,row 1,2025-07-01,{}\n",
                          before->rows(needs, *wrong).front().row),
              ",supersedes");
  const PackedResult again = town.run(Begin::FromEarlier), anew = town.run(Begin::Anew);
  REQUIRE(again.begun_from);
  CHECK(town.entry(again)["outcomes"] == town.entry(anew)["outcomes"]);
  const auto now = town.store().snapshot(town.book().schema, known_on);
  Evaluation evaluation(town.book(), *now);
  for (const char* council : {"C00005", "C00013"}) {
    CAPTURE(council);
    const RuleId level = *town.book().find_rule("example.again.level");
    const auto who = now->find(*town.book().schema.find_kind("council"), council);
    const Outcome cells = outcome(evaluation, level, *who, *Date::parse("2026-01-01"));
    for (const PackedResult* run : {&again, &anew}) {
      const auto packed =
          concluded_of(town.store(), *run->record, "example.again.level", std::string("council:") + council);
      REQUIRE((packed && *packed));
      const auto row = nlohmann::json::parse((*packed)->row);
      CHECK(row["status"] == (cells.cell.known() ? "known" : "unknown"));
    }
  }
}

TEST_CASE("a day known to its month keeps no rule from an answer") {
  TemporaryFolder folder;
  Town town(folder / "");
  town.record(first_rows(50, 5) + row(council(1), "example.again.opened", "2025-03-04") +
              row(council(2), "example.again.opened", "2025-03"));
  const PackedResult run = town.run(Begin::FromEarlier);
  CHECK(run.left_out.empty());
  const auto due = [&](unsigned i) {
    return nlohmann::json::parse(
        (*concluded_of(town.store(), *run.record, "example.again.answer_by", council(i)))->row);
  };
  CHECK(due(1)["value"] == "2025-04-03");
  CHECK(due(2)["range"] == nlohmann::json{"2025-03-31", "2025-04-30"});
}

TEST_CASE("of one body a part of a store says what the whole says, and a packed run is read by its block") {
  TemporaryFolder folder;
  Town town(folder / "");
  town.record(first_rows(5000, 7));
  const PackedResult run = town.run(Begin::FromEarlier);
  const auto known_on = *Date::parse("2025-12-31"), as_at = *Date::parse("2026-01-01");
  const auto whole = town.store().snapshot(town.book().schema, known_on);
  Evaluation of_all(town.book(), *whole);
  const KindId kind = *town.book().schema.find_kind("council");
  for (const unsigned i : {1U, 13U, 4999U}) {
    for (const char* name : {"example.again.level", "example.again.poor"}) {
      CAPTURE(i, name);
      const RuleId rule = *town.book().find_rule(name);
      const auto part = snapshot_about(town.store(), town.book(), rule, council(i), known_on);
      REQUIRE((part && *part));
      Evaluation of_one(town.book(), **part);
      const auto explained = [&](Evaluation& evaluation, const Snapshot& snapshot) {
        const auto who = snapshot.find(kind, fmt::format("C{:05}", i));
        return to_json(explain(evaluation, outcome(evaluation, rule, *who, as_at)));
      };
      CHECK(explained(of_one, **part) == explained(of_all, *whole));
    }
  }
  const auto ranked =
      snapshot_about(town.store(), town.book(), *town.book().find_rule("example.again.place"), council(1), known_on);
  CHECK((ranked && !*ranked));
  // Of a link by its code, as concluded() says it.
  std::size_t links = 0;
  const auto cells = concluded(town.store(), run.record->number);
  for (const ConcludedCell& cell : *cells) {
    if (cell.rule != "example.again.late_for_both") continue;
    const auto one = concluded_of(town.store(), *run.record, cell.rule, cell.subject);
    REQUIRE((one && *one));
    CHECK((*one)->row == cell.row);
    ++links;
  }
  CHECK(links == 100);
}
