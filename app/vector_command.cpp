#include "app/vector_command.h"

#include <fmt/format.h>

#include <cmath>
#include <memory>

#include "base/error.h"
#include "base/text.h"
#include "transformer/corpus.h"
#include "transformer/finite.h"
#include "transformer/kernels.h"
#include "transformer/recurrent_reader.h"

namespace noema::app {
namespace {

using transformer::Model;

struct Arguments {
  std::filesystem::path model;
  std::string word;
  std::vector<std::string> sentences;
};

/// Where a word stands in a sentence, and its vector there: the mean over its tokens.
struct Occurrence {
  std::size_t sentence, byte;
  std::vector<float> vector;
};

void require_utf8(const std::string& text) {
  if (const auto invalid = base::first_invalid_utf8(text))
    throw base::Error(fmt::format("vectors: byte {} of \"{}\" is not UTF-8", *invalid, text));
}

std::vector<Occurrence> occurrences_in(const Model& model, const Arguments& a, std::size_t sentence) {
  const std::string& text = a.sentences[sentence];
  base::Segmenter segmenter;
  struct Place {
    std::size_t byte, first, count;
  };
  std::vector<transformer::Token> tokens;
  std::vector<Place> places;
  for (const auto& unit : segmenter.split(text)) {
    if (unit.line_end && unit.begin == unit.end) break;
    const std::string surface = text.substr(unit.begin, unit.end - unit.begin);
    const auto word = surface.find_first_not_of(" \t");
    const auto more = model.tokenizer().encode(surface);
    if (word != surface.npos && surface.substr(word) == a.word)
      places.push_back({unit.begin + word, tokens.size(), more.size()});
    tokens.insert(tokens.end(), more.begin(), more.end());
  }
  std::vector<Occurrence> occurrences;
  if (places.empty()) return occurrences;
  const auto vectors = transformer::token_vectors(model, tokens, stop_token());
  for (const auto& vector : vectors)
    if (transformer::first_non_finite(vector))
      throw base::Error(
          "the model's vectors are not finite: its training diverged; train it with a lower "
          "--learning-rate");
  for (const Place& place : places) {
    Occurrence occurrence{sentence, place.byte, vectors[place.first]};
    for (std::size_t i = 1; i < place.count; ++i)
      transformer::add(occurrence.vector.data(), vectors[place.first + i].data(), occurrence.vector.size());
    occurrences.push_back(std::move(occurrence));
  }
  return occurrences;
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  const auto product = [](const std::vector<float>& x, const std::vector<float>& y) {
    return static_cast<double>(transformer::dot(x.data(), y.data(), x.size()));
  };
  const double lengths = std::sqrt(product(a, a) * product(b, b));
  return lengths > 0 ? product(a, b) / lengths : 0;  // a vector of zeros has no direction
}

void print(const Arguments& a, const std::vector<Occurrence>& all, const Globals& globals) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    std::vector<double> cosines;
    for (const Occurrence& other : all) cosines.push_back(cosine(all[i].vector, other.vector));
    const std::string& sentence = a.sentences[all[i].sentence];
    if (globals.json) {
      print_result(globals, {{"sentence", all[i].sentence + 1},
                             {"text", sentence},
                             {"start", all[i].byte},
                             {"end", all[i].byte + a.word.size()},
                             {"width", all[i].vector.size()},
                             {"cosines", cosines},
                             {"vector", all[i].vector}});
      continue;
    }
    for (double value : cosines) print_text("{:7.3f}", value);
    print_text("   {}:{}  {}\n", all[i].sentence + 1, all[i].byte, sentence);
  }
}

void vectors(const Arguments& a, const Globals& globals) {
  require_utf8(a.word);
  const Model model = Model::load(a.model);
  std::vector<Occurrence> all;
  for (std::size_t i = 0; i < a.sentences.size(); ++i) {
    require_utf8(a.sentences[i]);
    for (auto& occurrence : occurrences_in(model, a, i)) all.push_back(std::move(occurrence));
  }
  if (all.empty())
    throw base::Error(fmt::format("vectors: {} is in none of the sentences; give a word as they write it", a.word));
  print(a, all, globals);
}

}  // namespace

void add_vectors_command(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "vectors", "A word's vectors in sentences, and their cosines: noema vectors book.model bank \"...\" \"...\"");
  auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->model, "Model of any architecture but seq2seq")->required();
  command->add_option("WORD", a->word, "The word, as the sentences write it")->required();
  command->add_option("SENTENCE", a->sentences, "Sentences that hold it")->required();
  add_globals(*command, globals);
  command->callback([a, &globals] { vectors(*a, globals); });
}

}  // namespace noema::app
