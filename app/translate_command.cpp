#include "app/translate_command.h"

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <optional>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "transformer/corpus.h"
#include "transformer/translation_score.h"

namespace noema::app {
namespace {

namespace fs = std::filesystem;
using transformer::TextPair;

struct Arguments {
  fs::path model, file, out;
  std::optional<std::string> columns;
  std::string tokens = "characters";
  std::size_t limit = 0;
  transformer::TranslateOptions search;
};

std::vector<TextPair> pairs_of(const Arguments& a) {
  const auto columns = a.columns ? transformer::PairColumns::parse(*a.columns) : transformer::PairColumns();
  auto pairs = transformer::read_text_pairs(a.file, columns);
  if (a.limit > 0 && pairs.size() > a.limit) pairs.resize(a.limit);
  if (pairs.empty())
    throw base::Error(fmt::format("{}: holds no pairs; expected lines source TAB target", a.file.string()));
  return pairs;
}

std::vector<std::string> side_of(const std::vector<TextPair>& pairs, std::string TextPair::*side) {
  std::vector<std::string> texts;
  for (const TextPair& pair : pairs) texts.push_back(pair.*side);
  return texts;
}

double bleu_of(const std::vector<std::string>& texts, const std::vector<std::string>& references,
               const std::string& tokens) {
  const auto cut = [&](const std::vector<std::string>& all) {
    std::vector<std::vector<std::string>> parts;
    for (const auto& text : all)
      parts.push_back(tokens == "words" ? transformer::words_of(text) : transformer::characters_of(text));
    return parts;
  };
  return transformer::bleu(cut(texts), cut(references));
}

nlohmann::ordered_json translate(const Arguments& a, const Globals& globals) {
  if (!a.out.empty()) require_writable(a.out);
  const auto pairs = pairs_of(a);
  const auto model = transformer::Model::load(a.model);
  const auto sources = side_of(pairs, &TextPair::source), references = side_of(pairs, &TextPair::target);
  const base::Stopwatch watch;
  std::vector<std::string> translations;
  {
    ProgressBar bar(globals);
    translations = transformer::translate_lines(
        model, sources, a.search, globals.threads,
        [&](std::size_t done) {
          bar.show(static_cast<double>(done) / static_cast<double>(pairs.size()), fmt::format("{} pairs", done));
          return true;
        },
        stop_token());
  }
  const double seconds = watch.seconds();
  std::string text;
  for (auto& line : translations) {
    line = printable(line);
    text += line + "\n";
  }
  if (!a.out.empty()) base::write_file(a.out, text);
  return {{"bleu", bleu_of(translations, references, a.tokens)},
          {"chrf", transformer::chrf(translations, references)},
          {"copy_bleu", bleu_of(sources, references, a.tokens)},
          {"copy_chrf", transformer::chrf(sources, references)},
          {"pairs", pairs.size()},
          {"seconds", seconds}};
}

}  // namespace

void add_search_options(CLI::App& command, transformer::TranslateOptions& options) {
  command
      .add_option("--beam", options.beam, "Translations weighed side by side; 1 takes the likeliest token each time")
      ->capture_default_str()
      ->check(within(base::ranges::kBeam));
  command
      .add_option("--length-power", options.length_power,
                  "Translations are compared by ln p / tokens^POWER: higher prefers longer ones")
      ->capture_default_str()
      ->check(within(base::ranges::kLengthPower));
}

void print_translation(const transformer::Model& model, const std::string& line,
                       const transformer::TranslateOptions& options, const Globals& globals) {
  const std::vector<std::vector<transformer::Token>> sources = {transformer::tokens_of_line(line, model.tokenizer())};
  const auto found = transformer::Translator(model, 1, options).translate(sources, stop_token()).front();
  const std::string text = printable(model.tokenizer().decode(found.tokens));
  if (globals.json)
    print_result(globals, {{"prompt", line},
                           {"text", text},
                           {"tokens", found.tokens.size()},
                           {"log_probability", found.log_probability}});
  else
    fmt::print("{}\n", text);
}

void add_translate_command(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "translate", "Translate a file of pairs and score it: noema translate pairs.model test.tsv --columns 4,3");
  auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->model, "Model trained on pairs")->required();
  command->add_option("FILE", a->file, "Lines source TAB target, plain, .gz or .xz")->required();
  command->add_option("--columns", a->columns,
                      "Columns of source and target, from 1, in files with more than two, such as 4,3");
  command->add_option("--limit", a->limit, "Only the first N pairs")->check(within(base::ranges::kCount));
  command->add_option("--out", a->out, "Also write the translations into this file, one a line");
  command->add_option("--bleu-tokens", a->tokens, "What BLEU counts: characters or words")
      ->capture_default_str()
      ->check(CLI::IsMember({"characters", "words"}));
  add_search_options(*command, a->search);
  add_globals(*command, globals);
  command->callback([a, &globals] { print_result(globals, translate(*a, globals)); });
}

}  // namespace noema::app
