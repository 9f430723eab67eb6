#include "app/actions/translate.h"

#include <fmt/format.h>

#include "app/command.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "transformer/translation_score.h"

namespace noema::app {
namespace {

using transformer::TextPair;

std::vector<TextPair> pairs_of(const TranslateRequest& request) {
  auto pairs = transformer::read_text_pairs(request.file, request.columns);
  if (request.limit > 0 && pairs.size() > request.limit) pairs.resize(request.limit);
  if (pairs.empty())
    throw base::Error(fmt::format("{}: holds no pairs; expected lines source TAB target", request.file.string()));
  return pairs;
}

std::vector<std::string> side_of(const std::vector<TextPair>& pairs, std::string TextPair::*side) {
  std::vector<std::string> texts;
  for (const TextPair& pair : pairs) texts.push_back(pair.*side);
  return texts;
}

TranslationScore score_of(const std::vector<std::string>& texts, const std::vector<std::string>& references,
                          BleuTokens tokens) {
  const auto cut = [&](const std::vector<std::string>& all) {
    std::vector<std::vector<std::string>> parts;
    for (const auto& text : all)
      parts.push_back(tokens == BleuTokens::kWords ? transformer::words_of(text) : transformer::characters_of(text));
    return parts;
  };
  return {transformer::bleu(cut(texts), cut(references)), transformer::chrf(texts, references)};
}

}  // namespace

TranslateValue translate(const TranslateRequest& request) {
  const base::FailureContext context("translating");
  const auto pairs = pairs_of(request);
  const auto model = transformer::Model::load(request.model);
  const auto sources = side_of(pairs, &TextPair::source), references = side_of(pairs, &TextPair::target);
  const base::Stopwatch watch;
  const auto observe = [&](std::size_t done) {
    if (request.progress) request.progress(static_cast<double>(done) / static_cast<double>(pairs.size()), done);
    return true;
  };
  TranslateValue value;
  value.translations =
      transformer::translate_lines(model, sources, request.search, request.threads, observe, request.stop);
  value.seconds = watch.seconds();
  for (auto& line : value.translations) line = printable(line);
  value.score = score_of(value.translations, references, request.tokens);
  value.copy = score_of(sources, references, request.tokens);
  return value;
}

nlohmann::ordered_json to_json(const TranslateValue& value) {
  return {{"bleu", value.score.bleu},     {"chrf", value.score.chrf},           {"copy_bleu", value.copy.bleu},
          {"copy_chrf", value.copy.chrf}, {"pairs", value.translations.size()}, {"seconds", value.seconds}};
}

}  // namespace noema::app
