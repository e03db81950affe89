console.log(import.meta.resolve('@lossline/protocol'))
