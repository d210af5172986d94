// Each claim put to Z3 as the evidence that would break it, or show it.
#include "dsl/prove/prove.h"

#include <fmt/format.h>

#include <algorithm>

#include "dsl/prove/formulas.h"

namespace assay {

namespace {

using proving::Formulas;

// Work, not time: the same rules give the same answer on any machine.
constexpr unsigned kEffort = 20'000'000;

struct Found {
  z3::check_result result = z3::unknown;
  std::vector<std::string> model, taken_free;
};

// Is there evidence for it?
template <class Make>
Found find(const Rulebook& book, Make make) {
  z3::context context;
  Formulas formulas(book, context);
  Found out;
  try {
    z3::solver solver(context);
    z3::params params(context);
    params.set("rlimit", kEffort);
    solver.set(params);
    const z3::expr_vector asked = make(formulas, context);
    for (const z3::expr& one : asked) solver.add(one);
    for (const z3::expr& one : formulas.ranges()) solver.add(one);
    out.result = solver.check();
    if (out.result == z3::sat) out.model = formulas.in_words(solver.get_model());
  } catch (const z3::exception&) {
    out.result = z3::unknown;
  }
  out.taken_free = formulas.taken_free();
  return out;
}

class Prover {
 public:
  Prover(const Rulebook& book, RulesetId ruleset) : book_(book), ruleset_(ruleset) {}

  std::vector<Claim> run() {
    for (std::uint32_t index = 0; index < book_.rules.size(); ++index) {
      const RuleId id{index};
      const Rule& rule = book_.rule(id);
      if (rule.ruleset != ruleset_ || rule.local_of) continue;
      if (const auto* enter = std::get_if<EnterRule>(&rule.body)) entry(id, *enter);
      if (const auto* exit = std::get_if<ExitRule>(&rule.body)) leaving(id, *exit);
      const auto* flag = std::get_if<FlagRule>(&rule.body);
      const auto* interaction = std::get_if<InteractionRule>(&rule.body);
      if ((flag && flag->when) || (interaction && interaction->when)) trigger(id);
    }
    return std::move(out_);
  }

 private:
  const std::string& stage_name(RegimeId regime, Label stage) const {
    const Regime& def = book_.regimes[regime.index];
    const std::string& title = def.stages[stage.index].title;
    return title.empty() ? book_.schema.field(def.field).type.labels[stage.index].name : title;
  }
  std::optional<RuleId> entry_to(RegimeId regime, Label stage) const {
    for (std::uint32_t index = 0; index < book_.rules.size(); ++index)
      if (const auto* enter = std::get_if<EnterRule>(&book_.rules[index].body))
        if (enter->regime == regime && enter->stage == stage) return RuleId{index};
    return std::nullopt;
  }

  Claim& add(Claim::What what, RuleId rule, std::string says) {
    out_.push_back({what, rule, std::move(says), Claim::Result::Proved, {}, {}, {}});
    return out_.back();
  }
  // A claim that some evidence does it.
  void possible(Claim& claim, Found found, const std::string& otherwise) {
    claim.taken_free = std::move(found.taken_free);
    claim.model = std::move(found.model);
    claim.result = found.result == z3::sat     ? Claim::Result::Proved
                   : found.result == z3::unsat ? Claim::Result::Failed
                                               : Claim::Result::Undecided;
    if (found.result == z3::unsat) claim.why = otherwise;
    if (found.result == z3::unknown) undecided(claim);
  }
  static void undecided(Claim& claim) {
    claim.result = Claim::Result::Undecided;
    claim.why = "neither evidence for it nor a proof that there is none was found within the bound of work";
  }

  void entry(RuleId id, const EnterRule& enter) {
    Claim& claim = add(Claim::What::EntryReachable, id, "some evidence meets the criteria to enter");
    possible(claim,
             find(book_,
                  [&](Formulas& formulas, z3::context& context) {
                    z3::expr_vector asked(context);
                    asked.push_back(formulas.criteria(enter.criteria));
                    return asked;
                  }),
             "its reasons contradict each other: no evidence meets enough of them");
  }

  void leaving(RuleId id, const ExitRule& exit) {
    Claim& reach = add(Claim::What::ExitReachable, id, "some evidence meets the criteria to leave");
    possible(reach,
             find(book_,
                  [&](Formulas& formulas, z3::context& context) {
                    z3::expr_vector asked(context);
                    asked.push_back(formulas.criteria(exit.criteria));
                    return asked;
                  }),
             "its reasons contradict each other: nobody could ever leave");
    if (const auto into = entry_to(exit.regime, exit.from)) never_together(id, *into, exit);
    for (std::uint16_t stage = static_cast<std::uint16_t>(exit.to.index + 1); stage <= exit.from.index; ++stage)
      if (const auto into = entry_to(exit.regime, Label{stage})) called_back(id, exit, *into, Label{stage});
  }

  Found both(RuleId one, RuleId other) const {
    return find(book_, [&](Formulas& formulas, z3::context& context) {
      z3::expr_vector asked(context);
      asked.push_back(formulas.raised(one));
      asked.push_back(formulas.raised(other));
      return asked;
    });
  }
  void never_together(RuleId leave, RuleId enter, const ExitRule& exit) {
    Claim& claim =
        add(Claim::What::NeverTogether, leave,
            fmt::format("to leave {0} and to enter it are never raised together", stage_name(exit.regime, exit.from)));
    Found found = both(leave, enter);
    if (found.result == z3::unknown) return undecided(claim);
    if (found.result == z3::unsat) return;
    claim.result = Claim::Result::Failed;
    claim.why = "there is evidence that raises both";
    claim.model = std::move(found.model);
    claim.taken_free = std::move(found.taken_free);
  }

  // On the day of leaving. A reason to enter the stage just left counts again only by newer evidence (7.4); any stage
  // on the way down has no such rest.
  void called_back(RuleId leave, const ExitRule& exit, RuleId enter, Label stage) {
    const bool same = stage == exit.from;
    Claim& claim = add(
        Claim::What::NotCalledBack, leave,
        same ? std::string("what lets a body out does not at once call it back")
             : fmt::format("what lets a body out does not at once call it into {}", stage_name(exit.regime, stage)));
    const auto& into = std::get<EnterRule>(book_.rule(enter).body);
    Found found = find(book_, [&](Formulas& formulas, z3::context& context) {
      z3::expr_vector asked(context);
      asked.push_back(formulas.criteria(exit.criteria));
      asked.push_back(formulas.criteria(into.criteria));
      return asked;
    });
    if (found.result == z3::unsat) {
      claim.why = "no evidence meets the criteria of both";
      return;
    }
    if (same) {
      claim.why =
          found.result == z3::sat
              ? "the criteria of both can be met; what the stay that ended has answered does not count again, so "
                "only evidence dated after the last day calls back"
              : "what the stay that ended has answered does not count again";
      claim.model = std::move(found.model);
      claim.taken_free = std::move(found.taken_free);
      return;
    }
    if (found.result == z3::unknown) return undecided(claim);
    claim.result = Claim::Result::Failed;
    claim.why = "there is evidence that meets the criteria of both, and no earlier stay has answered it";
    claim.model = std::move(found.model);
    claim.taken_free = std::move(found.taken_free);
  }

  void trigger(RuleId id) {
    Claim& claim = add(Claim::What::CanBeRaised, id, "some evidence raises it");
    possible(claim,
             find(book_,
                  [&](Formulas& formulas, z3::context& context) {
                    z3::expr_vector asked(context);
                    asked.push_back(formulas.raised(id));
                    return asked;
                  }),
             "its conditions contradict each other: it can never be raised");
  }

  const Rulebook& book_;
  RulesetId ruleset_;
  std::vector<Claim> out_;
};

}  // namespace

std::vector<Claim> prove(const Rulebook& rulebook, RulesetId ruleset) { return Prover(rulebook, ruleset).run(); }

}  // namespace assay
