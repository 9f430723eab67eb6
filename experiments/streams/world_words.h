#pragma once
// The words the generated world is told with, English beside Chinese.

#include <span>
#include <string_view>

namespace noema::experiments {

/// A word in both languages. `measure` is the Chinese measure word of a thing.
struct Word {
  std::string_view en;
  std::string_view zh;
  std::string_view measure = {};
};

struct Job {
  Word person;
  Word workplace;
};

/// A sentence with a word of several meanings; {p} a person, {q} another, {place} a place, {c} a colour.
struct SensePhrase {
  std::string_view word;
  std::string_view text;
};

std::span<const Word> female_names();
std::span<const Word> male_names();
std::span<const Word> surnames();            ///< Chinese
std::span<const Word> female_given_names();  ///< Chinese
std::span<const Word> male_given_names();    ///< Chinese
std::span<const Word> place_names();
std::span<const Word> things();
std::span<const Word> colours();
std::span<const Word> animals();
std::span<const Word> furniture();
std::span<const Word> positions();
std::span<const Word> foods();
std::span<const Word> vehicles();
std::span<const Word> weathers();
std::span<const Job> jobs();
std::span<const SensePhrase> english_senses();
std::span<const SensePhrase> chinese_senses();

}  // namespace noema::experiments
