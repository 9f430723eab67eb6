// noema translate MODEL FILE

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "app/actions/translate.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"
#include "app/search_options.h"
#include "base/output.h"

namespace noema::app::translate_command {
namespace {

struct Arguments {
  TranslateRequest request;
  std::string out, tokens = "characters";
  std::optional<std::string> columns;
};

void print_for_people(const TranslateValue& value) {
  TextTable table({{""}, {"BLEU", Align::kRight}, {"chrF", Align::kRight}});
  const auto add = [&](const char* what, const TranslationScore& score) {
    table.add({what, fmt::format("{:.2f}", score.bleu), fmt::format("{:.2f}", score.chrf)});
  };
  add("translations", value.score);
  add("sources, copied", value.copy);
  print_text("{}\n{} translated in {}\n", table.text(), counted(value.translations.size(), "pair"),
             human_seconds(value.seconds));
}

TranslateValue translate(Arguments& a, const Globals& globals) {
  if (!a.out.empty()) require_result_file(a.out);
  TranslateRequest& request = a.request;
  if (a.columns) request.columns = transformer::PairColumns::parse(*a.columns);
  request.tokens = a.tokens == "words" ? BleuTokens::kWords : BleuTokens::kCharacters;
  request.threads = globals.threads;
  request.stop = stop_token();
  ProgressBar bar(globals);
  request.progress = [&](double share, std::size_t done) { bar.show(share, counted(done, "pair")); };
  return translate(request);
}

void write_translations(const TranslateValue& value, const std::string& file) {
  std::string text;
  for (const std::string& line : value.translations) text += line + "\n";
  base::write_file(file, text);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("translate",
                                     "Translate a file of pairs and score the translations: noema translate "
                                     "pairs.model test.tsv --columns 4,3");
  const auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->request.model, "Model trained on pairs")->required();
  command->add_option("FILE", a->request.file, "Lines source TAB target, plain, .gz or .xz")->required();
  command->add_option("--columns", a->columns,
                      "Columns of source and target, counted from 1, in files with more than two, such as 4,3");
  command->add_option("--limit", a->request.limit, "Translate only the first N pairs; 0 translates all")
      ->check(within(base::ranges::kCount));
  command->add_option("--out", a->out, "Also write the translations into this file, one a line");
  command->add_option("--bleu-tokens", a->tokens, "What BLEU counts as a token: characters or words")
      ->capture_default_str()
      ->check(CLI::IsMember({"characters", "words"}));
  add_search_options(*command, a->request.search);
  add_globals(*command, globals);
  command->callback([a, &globals] {
    const TranslateValue value = translate(*a, globals);
    if (!a->out.empty()) write_translations(value, a->out);
    print_value(globals, value, print_for_people);
  });
}

}  // namespace noema::app::translate_command
