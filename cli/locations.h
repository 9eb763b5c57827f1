// Where the program finds what is installed beside it.
#pragma once

#include <string>

namespace consulta {

/// The directory of translations: beside a program that was built, or where it was installed.
[[nodiscard]] std::string translationsDirectory(const std::string& program);

/// The directory of the shipped templates of letters, likewise.
[[nodiscard]] std::string lettersDirectory();

}  // namespace consulta
