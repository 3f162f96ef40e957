/// The program's version, semantic versioning.
package let mezzVersion = "0.1.0"
