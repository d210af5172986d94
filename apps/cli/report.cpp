// assay report: one self-contained page that prints.
#include <cstdio>
#include <fstream>

#include "apps/cli/command.h"
#include "apps/cli/report/page.h"
#include "engine/plan/plan.h"
#include "engine/session/approval.h"

namespace assay::cli {

namespace {

struct Options {
  CommonOptions common;
  std::string out = "assay-report.html", rule, subject;
};

// Written beside, then moved into place: a page is there whole or not at all.
Result<void> write_page(const std::string& path, const std::string& page) {
  const std::string beside = path + ".part";
  std::ofstream out(beside, std::ios::binary);
  out << page;
  out.close();
  if (!out || std::rename(beside.c_str(), path.c_str()) != 0) {
    std::remove(beside.c_str());
    return fail(ErrorCode::Io, "the page could not be written", path, "is the folder there, and is there room?");
  }
  return {};
}

Result<std::optional<Outcome>> opened(const Options& options, const Asked& asked, Evaluation& evaluation) {
  if (options.rule.empty() && options.subject.empty()) return std::optional<Outcome>();
  if (options.rule.empty() || options.subject.empty())
    return fail(ErrorCode::WrongUse, "--why and --of go together", {}, "the rule, and whose");
  auto rule = find_outcome(asked.book(), {asked.as_at, asked.known_on}, options.rule);
  if (!rule) return tl::unexpected(rule.error());
  auto subject = find_subject(asked.book(), *asked.snapshot, asked.as_at, options.subject);
  if (!subject) return tl::unexpected(subject.error());
  if (asked.snapshot->subject(*subject).kind != asked.book().rule(*rule).kind)
    return fail(ErrorCode::WrongUse, fmt::format("{} is not of a {}", options.rule, options.subject));
  return std::optional<Outcome>(outcome(evaluation, *rule, *subject, asked.as_at));
}

int report(Options& options) {
  Asked asked;
  if (const int exit = ask(options.common, asked); exit != kDone) return exit;
  Evaluation evaluation(asked.book(), *asked.snapshot);
  auto open = opened(options, asked, evaluation);
  if (!open) return tell(open.error());
  auto log = asked.store->head();
  if (!log) return tell(log.error());
  const auto all = outcomes(evaluation, plan(asked.book(), {asked.as_at, asked.known_on}));
  ReportRequest request{asked.as_at, asked.known_on, *log, *open, {}};
  for (std::uint32_t i = 0; i < asked.book().rulesets.size(); ++i)
    request.approvals.push_back(to_words(approval_of(asked.acts, edition_of(asked.book(), {i}), asked.known_on)));
  const std::string page = report_page(evaluation, all, request);
  if (auto written = write_page(options.out, page); !written) return tell(written.error());
  fmt::print("{}: the report as at {}, known on {}\n", options.out, asked.as_at.to_string(),
             asked.known_on.to_string());
  return kDone;
}

}  // namespace

void add_report(Program& program) {
  auto options = std::make_shared<Options>();
  CLI::App* command = program.app.add_subcommand(
      "report", "one page that prints: map, what is raised, what is undetermined, one outcome opened");
  add_common(*command, options->common, "STORE", true);
  command->add_option("--output", options->out, "the file to write (else assay-report.html)");
  command->add_option("--why", options->rule, "the rule whose outcome is opened in full (else the gravest raised)");
  command->add_option("--of", options->subject, "whose");
  command->callback([&program, options] { program.exit = report(*options); });
}

}  // namespace assay::cli
