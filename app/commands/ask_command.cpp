// noema ask LIFE "question" | --questions FILE

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "app/actions/ask.h"
#include "app/actions/names.h"
#include "app/actions/recall.h"
#include "app/command.h"
#include "app/filter_options.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"
#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "memory/lock.h"

namespace noema::app::ask_command {
namespace {

struct Arguments {
  std::string life, question, questions, as_of;
  FilterArguments inputs;
  bool no_learn = false, learn = false, confirm = false, wrong = false;
};

void print_for_people(const AskValue& value) {
  if (value.answer)
    print_text("{}\n", one_line(*value.answer));
  else
    print_text("I do not know{}.\n", value.gone_since
                                         ? " any more: what was told was withdrawn on " + human_time(*value.gone_since)
                                     : value.evidence.empty() ? ""
                                                              : "; the nearest that was told");
  for (const Evidence& one : value.evidence) {
    const bool is_answer = value.answer && one.input.text == *value.answer;
    if (is_answer)
      print_text("    {}\n", told_where(one.input));
    else
      print_text("    {}\n      {}\n", shortened(one_line(one.input.text), kTextColumns), told_where(one.input));
  }
  if (value.inferred_by) print_text("    nobody told it; it follows by: {}\n", one_line(*value.inferred_by));
  if (value.answer) print_text("    confidence {}\n", human_share(value.confidence));
}

/// Opens the life for writing. If another process is writing it, opens it for reading and sets `stores` to false.
memory::Life open_to_ask(const std::string& path, bool& stores) {
  if (!stores) return open_to_read(path);
  try {
    return open_to_write(path);
  } catch (const memory::HasWriter&) {
    stores = false;
    std::fputs("noema: another process is writing this life: the question is answered, but not stored\n", stderr);
    return open_to_read(path);
  }
}

/// Reads and checks all lines before the first is answered.
std::vector<Query> questions_in(const Arguments& a) {
  std::vector<Query> questions;
  RecallRequest defaults;
  defaults.filter = a.inputs.filter();
  base::LineReader reader(a.questions);
  while (const auto line = reader.next())
    questions.push_back(query_of(*line, fmt::format("{}:{}", a.questions, reader.line_number()), defaults));
  return questions;
}

/// Asks one question after another, of a file that is opened once or of a server.
class Asker {
 public:
  Asker(const Arguments& a, const Globals& globals, bool stores) : arguments_(a), globals_(globals), stores_(stores) {
    if (is_address(a.life)) return;
    mind_.emplace(judges() ? open_to_write(a.life) : open_to_ask(a.life, stores_));
    if (!a.as_of.empty()) as_of_ = as_of(mind_->view().life(), a.as_of);
    if (stores_) mind_->think_after_inputs(0);
  }

  AskValue ask(const std::string& question, const reasoning::RecallFilter& filter) {
    nlohmann::json asked{{"question", question}, {"learn", stores_}};
    add_argument(asked, "as_of", arguments_.as_of);
    add_argument(asked, "group", filter.group.value_or(""));
    add_argument(asked, "speaker", filter.speaker.value_or(""));
    add_argument(asked, "since", arguments_.inputs.since);
    if (judges()) asked["is_right"] = arguments_.confirm;
    const auto is_right = judges() ? std::optional(arguments_.confirm) : std::nullopt;
    return answered(arguments_.life, globals_, {"ask", asked}, ask_value_of, [&] {
      return app::ask(*mind_, {question, stores_, as_of_, is_right, filter});
    });
  }

  void end() {
    if (mind_ && stores_) mind_->checkpoint();
  }

 private:
  bool judges() const { return arguments_.confirm || arguments_.wrong; }

  const Arguments& arguments_;
  const Globals& globals_;
  bool stores_;
  reasoning::AsOf as_of_;
  std::optional<reasoning::Mind> mind_;
};

/// A question about an unknown group has no answer; it does not end the command.
AskValue ask_or_nothing(Asker& asker, const RecallRequest& request) {
  try {
    return asker.ask(request.cue, request.filter);
  } catch (const UnknownName&) {
    return {};
  }
}

void ask_each(Asker& asker, const std::vector<Query>& questions, const Globals& globals) {
  for (const Query& question : questions) {
    base::stop_if_requested(stop_token());
    const AskValue value = ask_or_nothing(asker, question.request);
    if (globals.json) {
      nlohmann::ordered_json result{{"id", question.id}};
      result.update(to_json(value));
      print_json(result);
      continue;
    }
    print_text("{}\n", one_line(question.request.cue));
    print_for_people(value);
  }
}

void run(const Arguments& a, const Globals& globals) {
  if (a.question.empty() == a.questions.empty())
    throw base::UsageError("ask takes a question or --questions FILE, one of the two");
  if (a.learn && a.no_learn) throw base::UsageError("--learn and --no-learn contradict each other");
  if (a.confirm && a.wrong) throw base::UsageError("--confirm and --wrong contradict each other");
  if ((a.confirm || a.wrong) && (a.question.empty() || a.no_learn || !a.as_of.empty()))
    throw base::UsageError("--confirm and --wrong judge the answer to one question, and store it");
  const auto questions = a.questions.empty() ? std::vector<Query>{} : questions_in(a);
  Asker asker(a, globals, a.questions.empty() ? !a.no_learn : a.learn);
  if (a.questions.empty())
    print_value(globals, asker.ask(a.question, a.inputs.filter()), print_for_people);
  else
    ask_each(asker, questions, globals);
  asker.end();
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("ask", "Ask a life a question: noema ask my.life \"where is the cat?\"");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("question", a->question, "The question");
  command->add_option(
      "--questions", a->questions,
      "File of JSON lines {\"id\",\"text\",\"group\"?}, answered in order; nothing is stored without --learn");
  command->add_flag("--no-learn", a->no_learn, "Do not store the question as an input");
  command->add_flag("--learn", a->learn, "Store the questions of a file as inputs");
  command->add_option("--as-of", a->as_of, "What was known then: a time, or the number of an input");
  add_filter_options(*command, a->inputs, "Answer from");
  command->add_flag("--confirm", a->confirm, "Say that the answer is right; the life learns from it");
  command->add_flag("--wrong", a->wrong, "Say that the answer is wrong; it is not given again");
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::ask_command
